import { plain } from '../../../src/core/conversation/pick.ts';
import { detectLanguage } from '../../../src/core/language.ts';
import { stripCodes } from '../../../src/core/matching/strip.ts';
import type { Incoming } from '../../../src/ports.ts';

/** Stands in place of a sticker and of everything else that the platform does not hand on. */
const unsupported = /^【收到不支持的消息类型，暂无法显示】$/;

/** Language of somebody on WeChat of whom nothing else is known. */
const usual = 'zh-CN';

/** What a visitor wrote: `0` is always a person, a question mark the menu, faces alone are a sticker. */
export function decodeText(written: string): Incoming['body'] {
  const text = withoutFaces(written);
  if (unsupported.test(written.trim()) || (text === '' && written.trim() !== '')) {
    return { kind: 'attachment', media: 'sticker' };
  }
  if (/^[?？]+$/.test(text)) return { kind: 'choice', ids: ['menu'] };
  if (plain(text) === '0') return { kind: 'choice', ids: ['consultant'] };
  return { kind: 'text', text };
}

/** The text without WeChat's codes for faces; as it is where taking them out would take a link or a quotation too. */
function withoutFaces(text: string): string {
  if (/https?:|www\.|<[@#!]|^[ \t]*[>＞]/imu.test(text)) return text.trim();
  const bare = stripCodes(text);
  return bare === text ? text.trim() : bare.replace(/ {2,}/g, ' ').trim();
}

/** The language to be assumed for something a visitor did, where it does not show. */
export function localeOf(body: Incoming['body']): { readonly locale?: string } {
  if (body.kind === 'text' && detectLanguage(body.text).language !== undefined) return {};
  return { locale: usual };
}

/** Whether a text asks for the rest of a message. */
export function createMoreReader(moreWords: readonly string[]): (text: string) => boolean {
  const known = new Set(moreWords.map(plain));
  return (text) => known.has(plain(text));
}
