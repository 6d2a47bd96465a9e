import type { Language, Script } from '../message.ts';

/** An entry that a text may mean, with the calibrated probability that it is right. */
export interface Candidate {
  readonly entry: string;
  /** 0..1 */
  readonly confidence: number;
}

/** What the matcher says of one question. Plain data: it is stored inside the event. */
export interface Match {
  /** The question as it was matched (a part of a longer message, or the whole). */
  readonly text: string;
  readonly language: Language;
  /** Set when the text is written in traditional Chinese. */
  readonly script?: Script;
  readonly verdict: 'answer' | 'choose' | 'none';
  /** The entry to answer with; null unless the verdict is `answer`. */
  readonly entry: string | null;
  readonly confidence: number;
  /** The topic out of scope that the text seems to be about; only with the verdict `none`. */
  readonly outOfScope?: string;
  /** Best first, at most five. */
  readonly candidates: readonly Candidate[];
}
