const SENTENCE = /[^.!?。！？\n;；]+(?:[.](?=\S)[^.!?。！？\n;；]+)*[.!?。！？;；]*/gu;
const QUESTION_WORD =
  'what|how|why|when|where|who|which|whose|can|could|do|does|did|is|are|may|must|should|would|will|have|has';
const ASKS_ENGLISH = new RegExp(`^(?:(?:and|also|but|so|hi|hello|ok|please)[, ]+)*(?:${QUESTION_WORD})\\b`, 'iu');
const ASKS_CHINESE =
  /吗|嗎|呢|什么|什麼|怎么|怎麼|怎样|如何|多少|多久|几|幾|哪|是否|能不能|可不可以|要不要|需不需要|有没有|谁/u;
const BETWEEN_CLAUSES = new RegExp(
  `[?？。！!;；\\n]+|[,，]?\\s*(?:\\band|\\balso|\\bplus)\\s+(?=(?:${QUESTION_WORD})\\b)|[，,]\\s*(?=\\p{Script=Han})|(?:以及|还有|還有|另外)`,
  'giu',
);

/** A sentence and whether it asks something. */
export interface Sentence {
  readonly text: string;
  readonly asks: boolean;
}

/** The sentences of a long message, without what is quoted in it. */
export function splitSentences(text: string): readonly Sentence[] {
  const own = text.replace(/^[ \t]*[>＞].*$/gm, '');
  return (own.match(SENTENCE) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))
    .map((sentence) => ({ text: sentence, asks: asks(sentence) }));
}

/** The clauses of a short message that ask something each; none where there is only one. */
export function splitClauses(text: string): readonly string[] {
  const clauses = text
    .split(BETWEEN_CLAUSES)
    .map((clause) => clause.trim())
    .filter((clause) => asks(clause));
  return clauses.length > 1 ? clauses : [];
}

function asks(sentence: string): boolean {
  return /[?？]/u.test(sentence) || ASKS_ENGLISH.test(sentence) || ASKS_CHINESE.test(sentence);
}
