/** A reply that consultants keep at hand (`replies.yaml`); `text` is Markdown-free. */
export interface SavedReply {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly text: { readonly en: string; readonly zh: string };
}
