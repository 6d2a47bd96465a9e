const words: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  hundred: 100,
};
const digits = '零一二三四五六七八九';
const places: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const scales: Readonly<Record<string, number>> = {
  千: 1_000,
  百万: 1_000_000,
  千万: 10_000_000,
  万: 10_000,
  亿: 100_000_000,
  thousand: 1_000,
  k: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
};

/** The source of a pattern for numbers: digits with a scale (1,000; 1.5 million; 100万), English words, 三十, 半. */
export const numberPattern = [
  String.raw`(?<![a-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:百万|千万|[千万亿]|(?:thousand|k|million|billion)\b))?`,
  String.raw`\b(?:half an?|${Object.keys(words).join('|')})\b`,
  '[零〇一二两三四五六七八九十百千万亿半]+',
].join('|');

/** What a number means; two for 两三. Undefined for words that only look like one (万一). */
export function valuesOf(number: string): readonly number[] | undefined {
  const text = number.toLowerCase();
  const [, figure, scale = ''] = /^([\d,.]+)\s?(\D*)$/.exec(text) ?? [];
  if (figure !== undefined) return [Number(figure.replaceAll(',', '')) * (scales[scale] ?? 1)];
  if (text.startsWith('half') || text === '半') return [0.5];
  const word = words[text];
  if (word !== undefined) return [word];
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零');
  if (/^[一二三四五六七八九]{2}$/.test(plain)) return [...plain].map((digit) => digits.indexOf(digit));
  const value = chineseValue(plain);
  return value === undefined ? undefined : [value];
}

/** 三百二十, 十五, 二十万: digits before places, and what stands before 亿, then before 万, multiplied. */
function chineseValue(text: string): number | undefined {
  const [, before, scale, after = ''] = /^(.*)(亿)(.*)$/.exec(text) ?? /^(.*)(万)(.*)$/.exec(text) ?? [];
  if (before !== undefined && scale !== undefined) {
    const size = scale === '亿' ? 100_000_000 : 10_000;
    const large = chineseValue(before);
    const small = after === '' ? 0 : chineseValue(after.replace(/^零(?=.)/, ''));
    if (large === undefined || small === undefined) return undefined;
    return large * size + (/^[一二三四五六七八九]$/.test(after) ? (small * size) / 10 : small);
  }
  if (!/^(?:[一二三四五六七八九]?[十百千]零?)*[零一二三四五六七八九]?$/.test(text) || text === '') return undefined;
  let sum = 0;
  let digit: number | undefined;
  // A last digit without a place has the next smaller one (三百五 is 350), except behind 零.
  let next = 1;
  for (const sign of text) {
    const place = places[sign];
    if (place === undefined) digit = digits.indexOf(sign);
    else {
      sum += (digit || 1) * place;
      digit = undefined;
    }
    next = place === undefined ? (digit === 0 ? 1 : next) : place / 10;
  }
  return sum + (digit ?? 0) * next;
}
