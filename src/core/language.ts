import { simplify } from './matching/simplify.ts';
import { stripCodes } from './matching/strip.ts';
import type { Language, Script } from './message.ts';

const han = /\p{Script=Han}/gu;
const latinWord = /\p{Script=Latin}+/gu;
const otherLetter = /[\p{L}--[\p{Script=Han}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]]/gv;

/** Characters and words of grammar: what they are, the sentence is, whatever names it quotes. */
const chineseGrammar =
  /[的了吗呢吧我你您们是不要在有和就也都还可能会怎么什哪这那个给用想做没多少几如谁請嗎們這個會還麼沒]/gu;
const englishGrammar =
  /\b(?:a|an|and|are|can|could|do|does|for|how|i|in|is|it|mean|means|my|need|of|or|our|please|the|to|we|what|when|where|which|who|why|will|would|you|your)\b/giu;

/** Simplified texts have these characters too, though the conversion changes them ("么", "著名", "乾隆", "明瞭"). */
const shared = /[么著乾瞭於覆餘徵鍾藉摺甚麽]/u;

/** Which language a text is written in, and which Chinese script. Nothing where it does not show (digits, emoji). */
export function detectLanguage(text: string): { readonly language?: Language; readonly script?: Script } {
  const plain = stripCodes(text);
  const characters = plain.match(han) ?? [];
  const words = plain.match(latinWord)?.length ?? 0;
  const others = plain.match(otherLetter)?.length ?? 0;
  if (words + characters.length === 0 || others > words + characters.length) return {};
  // Two characters make about one word; each grammatical one weighs like a word more.
  const chinese = characters.length / 2 + (plain.match(chineseGrammar)?.length ?? 0);
  const english = words + (plain.match(englishGrammar)?.length ?? 0);
  if (chinese <= english && (english > 1 || characters.length === 0)) return { language: 'en' };
  const traditional = characters.some((one) => !shared.test(one) && simplify(one) !== one);
  return { language: 'zh', ...(traditional && { script: 'traditional' }) };
}
