/** Where one question ends and another may begin. */
const sentenceEnd = /(?<=[?？!！。；;])\s*|(?<=\.)\s+|\n+/u;
const joint =
  /[,，、]\s*(?=(?:and|or|also)\b)|\s+(?:and also|and|also|plus)\s+|[,，]\s*|(?:还有|另外|以及|并且|而且|顺便)/u;

/** What says that something else follows. */
const besides =
  /(?:^|[,，、;；]\s*)(?:还有(?:一?个?问题)?(?![一二两三几半多\d])|对了|另外(?![一二两三几的])|顺便(?:再?问(?:一下|下|一句)?)?|(?:and\s+)?also\b)[,，:：]?\s*/iu;

/** What makes a part of a sentence a question of its own. */
const question =
  /[?？]|[吗呢没不否]$|\b(?:how|what|when|where|which|who|why)\b|^(?:can|could|do|does|did|is|are|may|must|should|will|would)\b|\b(?:tell|give|show|send) (?:me|us)\b|多[少久长大快]|几[天个年月种次家]|还是|怎|如何|什么|啥|咋|谁|哪|为何|何时|[可是能]否|可不可以|可以|(\p{Script=Han})不\1|需不需要|有没有|请问|想(?:问|知道|了解)/iu;

/** Whether a part of a text asks something. */
export function asks(part: string): boolean {
  return question.test(part);
}

/** A part of a text without a word that only goes on from what was said before. */
export function withoutAnd(part: string): string {
  return part.replace(/^(?:and|or|but|so|then|plus)\b[,\s]*(?=.)/iu, '');
}

/** The sentences of a text. */
export function sentencesOf(text: string): readonly string[] {
  return parts(text, sentenceEnd);
}

/** The clauses of a text, asking or not. */
export function clausesOf(text: string): readonly string[] {
  return parts(text, /[?？!！。；;，,\n]|\.\s/u);
}

/** A part of a message that may be answered by itself. */
export interface Part {
  readonly text: string;
  /** A sentence, or what follows "also", that asks; a clause of one that asks more than once; or what tells something else. */
  readonly kind: 'question' | 'clause' | 'statement';
  /** What is told right before it. */
  readonly lead: string;
}

/** What a message asks, in order, and what it tells where "also" says that this is something else. */
export function partsOf(text: string): readonly Part[] {
  const found: Part[] = [];
  let lead = '';
  for (const { text: segment, isOther } of segmentsOf(text)) {
    const clauses = parts(segment, joint).filter(asks);
    if (clauses.length > 1)
      found.push(...clauses.map((clause) => ({ text: clause, kind: 'clause' as const, lead: '' })));
    else if (asks(segment)) found.push({ text: segment, kind: 'question', lead });
    else if (isOther) found.push({ text: segment, kind: 'statement', lead: '' });
    lead = asks(segment) ? '' : `${lead}\n${segment}`.trim();
  }
  return found;
}

/** The sentences, taken apart at "also"; what stands on either side of it is something else. */
function segmentsOf(text: string): readonly { readonly text: string; readonly isOther: boolean }[] {
  const found: { text: string; isOther: boolean }[] = [];
  for (const sentence of sentencesOf(text)) {
    const [first = '', ...others] = sentence.split(besides).map((part) => part.trim());
    const last = found.at(-1);
    if (first.length > 1) found.push({ text: first, isOther: others.length > 0 });
    else if (last && others.length > 0) last.isOther = true;
    for (const other of others) if (other.length > 1) found.push({ text: other, isOther: true });
  }
  return found;
}

/** What stands between the ends; a sign by itself is nothing. */
function parts(text: string, end: RegExp): readonly string[] {
  return text
    .split(end)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
}
