import { simplify } from './matching/simplify.ts';
import type { Language, Script } from './message.ts';

/** Characters of Chinese grammar: where they stand, the sentence is Chinese, whatever names it quotes. */
const grammar = /[的了吗呢吧我你您们是不要在有和就也都还可能会怎么什哪这那个给用想做没請嗎們這個會還麼沒]/gu;

/** Which language a text is written in, and which Chinese script. Nothing where it does not show (digits, emoji). */
export function detectLanguage(text: string): { readonly language?: Language; readonly script?: Script } {
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (words + han === 0) return {};
  const script = han > 0 ? scriptOf(text) : undefined;
  const grammatical = text.match(grammar)?.length ?? 0;
  // Two characters make about one word; each grammatical one weighs like a word more.
  const chinese = han / 2 + grammatical > words;
  return { language: chinese ? 'zh' : 'en', ...(chinese && script && { script }) };
}

/** Traditional when a character exists in traditional script only. */
function scriptOf(text: string): Script | undefined {
  const characters = text.match(/\p{Script=Han}/gu) ?? [];
  const isTraditional = characters.some((character) => simplify(character) !== character);
  return isTraditional ? 'traditional' : undefined;
}
