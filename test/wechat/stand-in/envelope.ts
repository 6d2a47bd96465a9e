import { randomBytes, randomInt } from 'node:crypto';
import type { Cipher } from './cipher.ts';
import type { Clock } from './clock.ts';
import { cdata } from './xml.ts';

/** A signed request. */
export interface Signed {
  readonly url: string;
  readonly body: string;
}

/** Adds query parameters to an address. */
export function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** Timestamp (seconds) and nonce of a request, `skew` seconds off. */
export function stamp(clock: Clock, skew = 0): { readonly timestamp: string; readonly nonce: string } {
  return { timestamp: String(Math.floor(clock.now() / 1000) + skew), nonce: String(randomInt(1e8, 2 ** 31)) };
}

/** A signature that is none. */
export function wrongSignature(): string {
  return randomBytes(20).toString('hex');
}

/** `<Encrypt>` beside what stays readable. */
export function envelope(
  cipher: Cipher,
  xml: string,
  receiver: string,
  beside = '',
): { encrypt: string; body: string } {
  const encrypt = cipher.encrypt(xml);
  const body = `<xml>\n<ToUserName>${cdata(receiver)}</ToUserName>\n<Encrypt>${cdata(encrypt)}</Encrypt>\n${beside}</xml>`;
  return { encrypt, body };
}
