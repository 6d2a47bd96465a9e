import { simplify } from './simplify.ts';

/** The rest of a clause; a point inside a word, as in ".cn", does not end it. */
const en = String.raw`(?:[^,.;:?!\n]|\.(?=\S))*`;
const zh = String.raw`[^，,。；;！!？?：:\n]*`;

/** Where a clause begins. */
const start = String.raw`(?<=^|[,.;:?!，。；：！？\n]\s*)`;

/** What is named rather than told: "not in China", but not "not registered in China". */
const named = '(?:in|on|at|from|to|for|with|by|about|the|a|an|our|your|my|their|this|that)';

/** What the bot can do for a visitor who wishes it. */
const offer = {
  en: String.raw`(?:human|person|consultant|advis[eo]r|agent|call|callback|questionnaire|(?:to|with)\s(?:people|(?:some|any)(?:one|body)))`,
  zh: '(?:人工|真人|顾问|客服|专员|人|电话|问卷|自测)',
};

/** "I do not want to talk to a consultant", "no human please", 不要转人工 */
const denied = [
  String.raw`${start}(?:please\s)?(?:(?:i|we)\s)?(?:don['’]t|do not)\s(?:want|need|wish|connect|transfer|call|put)\b[^,.;?!\n]{0,40}?\b${offer.en}\b${en}[,;]?`,
  String.raw`${start}no\s${offer.en}\b${en}[,;]?`,
  `${start}(?:我|我们|先|请)?(?:不要|不想|不用|不需要|无需|别|先别)(?:再|给我|帮我)?(?:转|找|跟|和|叫|联系|安排|打|做|填)?${offer.zh}(?!${zh}[吗么](?:[?？]|$))${zh}[，,；;。]?`,
];

/** Ways to name something only to say that it is not meant. */
const asides: readonly RegExp[] = [
  ...denied,
  // "Shanghai rather than Dublin"
  String.raw`,?\s*\b(?:rather than|instead of|as opposed to)\s${en}`,
  // "Poland, not China", "Poland and not in China"
  String.raw`(?:(?<=\S),\s*|\band\s)not\s${named}\b${en}`,
  // "Not the licence, only the filing"
  String.raw`${start}not\s${named}\b(?:(?!,?\sbut\b)[^,.;:?!\n])*(?:,\s*(?=only\b|just\b|the\b|it\b|i\b)|(?=,?\sbut\b))`,
  // "It isn't just slow, it never loads", "I'm not asking what they take"
  String.raw`${start}(?:it|this|that|we|i|they|the question)\W?(?:s|re|m| is| are| am)?\s?(?:n['’]t| not)\s(?:just|only|merely|simply|about|asking|talking about|looking for)\b${en}[,;]?`,
  String.raw`${start}i (?:don['’]t|do not) (?:mean|want to know)\b${en}[,;]?`,
  // 许可证先不谈，单说备案
  `${start}${zh}(?:先不[谈管接说]|不考虑了?|暂且不提)[，,；;。]`,
  // 在德国而不是中国
  `(?:而不是|而非|并非)${zh}[，,；;。：:]?`,
  // 不是问备案，问的是许可证
  `${start}(?:不是[说问指要]|不[算问谈])${zh}(?<![吗么])[，,；;。：:]`,
  // 不是网站，是小程序
  `${start}不是${zh}[，,；;。]\\s*(?=而?是|就是|只是)`,
  // 在境外不在境内
  `(?<=在[^，,。；;！!？?：:]{1,8}[，,]?)不在(?:[国境海]外|[国境]内|内地|大陆|中国)(?!的)`,
].map((pattern) => new RegExp(pattern, 'giu'));

const denials = denied.map((pattern) => new RegExp(pattern, 'iu'));

/** Whether a text says that its writer does not wish for a person, a call or a questionnaire. */
export function deniesWish(text: string): boolean {
  const simple = simplify(text);
  return denials.some((denial) => denial.test(simple));
}

/** A text without what it names only to set it aside; the text itself where nothing would be left. */
export function withoutAside(text: string): string {
  const rest = asides.reduce((left, aside) => left.replace(aside, ' '), text).trim();
  return /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(rest) ? rest : text;
}
