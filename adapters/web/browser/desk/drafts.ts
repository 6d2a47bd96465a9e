/** What was begun and not sent, for each case: kept in this window until it is closed. */
export interface Draft {
  readonly text: string;
  /** Meant for the colleagues only. */
  readonly internal: boolean;
}

const none: Draft = { text: '', internal: false };
const keyOf = (id: string) => `wenda-desk-draft:${id}`;

export function readDraft(id: string): Draft {
  try {
    const { text, internal }: Partial<Draft> = JSON.parse(sessionStorage.getItem(keyOf(id)) ?? '{}');
    return { text: text ?? '', internal: internal ?? false };
  } catch {
    return none;
  }
}

export function keepDraft(id: string, draft: Draft): void {
  try {
    if (draft.text === '') sessionStorage.removeItem(keyOf(id));
    else sessionStorage.setItem(keyOf(id), JSON.stringify(draft));
  } catch {
    // Without storage a draft lasts as long as its case is on the screen.
  }
}

/** Forgets every draft: somebody else may use this window next. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(keyOf(''))) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept where there is no storage.
  }
}
