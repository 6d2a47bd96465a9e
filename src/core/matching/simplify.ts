import { configs } from 'opencc-js/preset/t2cn';
import { createConverter } from '../converter.ts';

const HAN = /\p{Script=Han}/u;

// `tw2sp` also maps Taiwan's words (軟體 -> 软件), plain `tw2s` only its characters.
const wordsToSimplified = createConverter(configs['tw2sp']);

// Words that both sides have, with another meaning: converted, a mainland text would say something else.
const mainland = [
  ['进程', '程序'],
  ['文档', '文件'],
  ['幺', '么'],
] as const;

/** Traditional Chinese in simplified characters and mainland words; everything else as it was. */
export function simplify(text: string): string {
  if (!HAN.test(text)) return text;
  return mainland.reduce((simple, [taken, meant]) => simple.replaceAll(taken, meant), wordsToSimplified(text));
}
