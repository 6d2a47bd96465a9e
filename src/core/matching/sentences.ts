/** Where one question ends and another may begin. */
const sentenceEnd = /(?<=[?？!！。；;])\s*|(?<=\.)\s+|\n+/u;
const joint =
  /[,，、]\s*(?=(?:and|or|also)\b)|\s+(?:and also|and|also|plus)\s+|[,，]\s*|(?:还有|另外|以及|并且|而且|顺便)/u;

/** What makes a part of a sentence a question of its own. */
const question =
  /[?？]|[吗呢]$|\b(?:how|what|when|where|which|who|why)\b|^(?:can|could|do|does|did|is|are|may|must|should|will|would)\b|多少|多久|怎么|如何|什么|哪|可不可以|可以|是否|(\p{Script=Han})不\1|需不需要|有没有/iu;

/** Whether a part of a text asks something. */
export function asks(part: string): boolean {
  return question.test(part);
}

/** The sentences of a text. */
export function sentencesOf(text: string): readonly string[] {
  return parts(text, sentenceEnd);
}

/** The parts of a message that ask something: its sentences, and the clauses of a sentence that asks twice. */
export function questionsIn(text: string): readonly string[] {
  return sentencesOf(text).flatMap((sentence) => {
    const clauses = parts(sentence, joint).filter(asks);
    if (clauses.length > 1) return clauses;
    return asks(sentence) ? [sentence] : [];
  });
}

/** What stands between the ends; a sign by itself is nothing. */
function parts(text: string, end: RegExp): readonly string[] {
  return text
    .split(end)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
}
