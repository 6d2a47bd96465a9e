import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/ports.ts';
import { decrypt, encrypt, isSigned, readKey, readText, sign } from './crypto.ts';
import { type Fields, readXml, writeXml } from './xml.ts';

/** Most bytes of a request. Tencent's are a few kilobytes. */
export const mostBytes = 64 * 1024;

/** How far the time of a request may be off, seconds: what was recorded cannot be sent again later. */
const mostSkew = 10 * 60;

/** How a webhook knows that a request comes from Tencent. */
export interface CallbackOptions {
  readonly token: string;
  /** EncodingAESKeys: the current one, then the previous one. None: messages come in plain text. */
  readonly keys: readonly string[];
  /** App id or corp id. */
  readonly receiver: string;
  readonly clock: Clock;
}

/** What a request turned out to be: a message, or the reason for which it is refused. */
export type Request =
  | { readonly fields: Fields; seal(xml: string): string }
  /** `signed`: it does come from Tencent, but cannot be read. */
  | { readonly refused: string; readonly signed: boolean };

/** The query of a request, by name. */
export type Query = Readonly<Record<string, string | undefined>>;

/** Reads what Tencent sends to a webhook. */
export interface Callback {
  /** What to answer to the check of the address; undefined when it is not Tencent's. `sealed`: the text is encrypted. */
  echo(query: Query, sealed: boolean): string | undefined;
  open(query: Query, body: Uint8Array): Request;
}

/** Creates the reader of a webhook. With keys, nothing in plain text is taken: that could be forged more easily. */
export function createCallback({ token, keys, receiver, clock }: CallbackOptions): Callback {
  const secrets = keys.map(readKey);

  const isFresh = (timestamp: string) => Math.abs(clock() / 1000 - Number(timestamp)) <= mostSkew;

  function seal(xml: string, key: Buffer): string {
    const encrypted = encrypt(xml, key, receiver);
    const timestamp = Math.floor(clock() / 1000);
    const nonce = randomBytes(8).toString('hex');
    return writeXml({
      Encrypt: encrypted,
      MsgSignature: sign([token, String(timestamp), nonce, encrypted]),
      TimeStamp: timestamp,
      Nonce: nonce,
    });
  }

  return {
    echo(query, sealed) {
      const { timestamp = '', nonce = '', echostr = '' } = query;
      const signature = (sealed ? query['msg_signature'] : query['signature']) ?? '';
      if (!isSigned(signature, [token, timestamp, nonce, ...(sealed ? [echostr] : [])])) return undefined;
      return sealed ? decrypt(echostr, secrets, receiver)?.text : echostr;
    },
    open(query, body) {
      const { timestamp = '', nonce = '' } = query;
      const refuse = (refused: string, signed = false) => ({ refused, signed });
      const text = readText(body);
      const outer = text === undefined ? undefined : readXml(text);
      if (secrets.length === 0) {
        if (!isSigned(query['signature'] ?? '', [token, timestamp, nonce])) return refuse('the signature is wrong');
        if (!isFresh(timestamp)) return refuse('its time is wrong: check the clock of this computer');
        return outer ? { fields: outer, seal: (xml) => xml } : refuse('it is not XML', true);
      }
      const encrypted = outer?.get('Encrypt');
      if (encrypted === undefined) return refuse('it is not encrypted XML: choose 安全模式 and XML in the console');
      if (!isSigned(query['msg_signature'] ?? '', [token, timestamp, nonce, encrypted]))
        return refuse('the signature is wrong');
      if (!isFresh(timestamp)) return refuse('its time is wrong: check the clock of this computer');
      const opened = decrypt(encrypted, secrets, receiver);
      if (!opened) return refuse('it cannot be decrypted: check the EncodingAESKey and the app id', true);
      const fields = readXml(opened.text);
      return fields ? { fields, seal: (xml) => seal(xml, opened.key) } : refuse('what it holds is not XML', true);
    },
  };
}
