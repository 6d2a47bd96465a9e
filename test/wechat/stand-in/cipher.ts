import { randomBytes } from 'node:crypto';
import * as wecom from '@wecom/crypto';
import WXBizMsgCrypt from 'wechat-crypto';

/** Signs, encrypts and decrypts as Tencent does, by two packages that know nothing of each other. */
export interface Cipher {
  readonly encodingAesKey: string;
  /** SHA-1 of the sorted parts; `encrypt` is empty for the plain signature. */
  sign(timestamp: string, nonce: string, encrypt?: string): string;
  /** Encrypts for `receiver` (app id or corp id); each call uses the other package. */
  encrypt(text: string, receiver?: string): string;
  /** Decrypts with both packages; throws when they differ, or padding, length or receiver are wrong. */
  decrypt(encrypted: string): string;
}

/** A new EncodingAESKey: 43 characters, the end of its base64 form cut off. */
export function newKey(): string {
  return randomBytes(32).toString('base64').slice(0, 43);
}

/** The cipher of one token, key and receiver id. */
export function createCipher(token: string, encodingAesKey: string, id: string): Cipher {
  const other = new WXBizMsgCrypt(token, encodingAesKey, id);
  let turn = 0;
  return {
    encodingAesKey,
    sign(timestamp, nonce, encrypt = '') {
      const signature = wecom.getSignature(token, timestamp, nonce, encrypt);
      if (signature !== other.getSignature(timestamp, nonce, encrypt))
        throw new Error('the two packages sign differently');
      return signature;
    },
    encrypt(text, receiver = id) {
      turn += 1;
      return turn % 2 === 0
        ? wecom.encrypt(encodingAesKey, text, receiver)
        : new WXBizMsgCrypt(token, encodingAesKey, receiver).encrypt(text);
    },
    decrypt(encrypted) {
      const bytes = Buffer.from(encrypted, 'base64');
      if (bytes.toString('base64') !== encrypted) throw new Error('Encrypt is not base64');
      if (bytes.length === 0 || bytes.length % 32 !== 0) throw new Error('Encrypt is not padded to 32 bytes');
      const one = wecom.decrypt(encodingAesKey, encrypted);
      const two = other.decrypt(encrypted);
      if (one.message !== two.message || one.id !== two.id)
        throw new Error('the two packages read Encrypt differently');
      if (one.id !== id) throw new Error(`Encrypt is for "${one.id}" instead of "${id}", or its padding is wrong`);
      return one.message;
    },
  };
}
