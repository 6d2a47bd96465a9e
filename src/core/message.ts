/** The languages the bot speaks. */
export type Language = 'en' | 'zh';

/** How Chinese is written back to this visitor. */
export type Script = 'simplified' | 'traditional';

/** Something a visitor can pick. The id is stored and sent back, the label is only shown. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** True for a control (back, cancel) rather than an answer: shown less prominently. */
  readonly quiet?: true;
}

/** Files are carried between visitors and consultants up to this size, bytes. */
export const largestFile = 20 * 1024 * 1024;

/** A file that goes with a message; its content is in the store under `id`. `size` in bytes, `type` a MIME type. */
export interface AttachedFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** What the bot says, free of any platform. Every channel encodes it in its own way. */
export interface Outgoing {
  /** Markdown: paragraphs, bold, lists, links. */
  readonly text: string;
  /** BCP 47 tag of the text, for screen readers and fonts. */
  readonly language: 'en' | 'zh-Hans' | 'zh-Hant';
  /** What the text was made of (`answer:icp-cost`, `phrase:greeting`); for transcripts, reports and tests. */
  readonly refs: readonly string[];
  /** Small print below the text, plain text: kind of source, date, disclaimer. */
  readonly source?: string;
  /** Offered choices, numbered from 1 where there are no buttons. */
  readonly choices?: readonly Choice[];
  /** True when several choices may be picked together. */
  readonly multiple?: boolean;
  /** "Did this help?": exactly two choices (yes, no), shown apart from the numbered ones. */
  readonly feedback?: { readonly ask: string; readonly yes: Choice; readonly no: Choice };
  /** A consultant's file; a channel that cannot carry it says its name. */
  readonly file?: AttachedFile;
}

/** A part of a suggestion's text; `found` when it is like what was typed. */
export interface SuggestionPart {
  readonly text: string;
  readonly found: boolean;
}

/** An entry that a visitor may mean who is still writing: its title, and the question of it that is most like the text. */
export interface Suggestion {
  readonly entry: string;
  readonly language: Language;
  readonly title: readonly SuggestionPart[];
  /** Absent where the title itself is most like the text. */
  readonly question?: readonly SuggestionPart[];
}
