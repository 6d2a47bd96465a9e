import { createHash } from 'node:crypto';

/** The kinds of questions that the figures are given for. */
export const categories = [
  'short',
  'paraphrase',
  'long',
  'colloquial',
  'indirect',
  'typo',
  'contrast',
  'mixed',
  'traditional',
  'pinyin',
  'homophone',
  'two',
  'out-of-scope',
] as const;
export type Category = (typeof categories)[number];

export const languages = ['en', 'zh', 'mixed'] as const;
export type QuestionLanguage = (typeof languages)[number];

/** `dev` may be looked at while the matcher is worked on; `held-out` is only counted. */
export type Half = 'dev' | 'held-out';

/** One line of a question set. */
export interface Question {
  readonly text: string;
  readonly category: Category;
  readonly language: QuestionLanguage;
  /** For each thing asked, in order, the entries that are right. Empty: out of scope. */
  readonly expected: readonly (readonly string[])[];
  readonly half: Half;
}

/** The half of a text: stable, whatever else is in the file. */
export function halfOf(text: string): Half {
  return (createHash('sha256').update(text).digest()[0] ?? 0) % 2 === 0 ? 'dev' : 'held-out';
}
