import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** PKCS#7 in Tencent's form pads to 32 bytes, not to AES's 16. */
const block = 32;

/** Random bytes before, and bytes of the length of, the message inside a cipher text. */
const [salt, size] = [16, 4];

/** A message that was opened: its text, and the key that did it. */
export interface Opened {
  readonly text: string;
  readonly key: Buffer;
}

/** The signature of a webhook: SHA-1 over its parts, sorted and joined. */
export function sign(parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

/** Whether a signature is the one of these parts; takes the same time for every wrong one. */
export function isSigned(signature: string, parts: readonly string[]): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(parts))];
  return given.length === right.length && timingSafeEqual(given, right);
}

/** The AES key in an EncodingAESKey: 43 characters of base64. */
export function readKey(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

/** Encrypts a text for its receiver (app id or corp id) as Tencent does: AES-256-CBC, base64. */
export function encrypt(text: string, key: Buffer, receiver: string): string {
  const message = Buffer.from(text);
  const length = Buffer.alloc(size);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([randomBytes(salt), length, message, Buffer.from(receiver)]);
  const fill = block - (plain.length % block);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]).toString(
    'base64',
  );
}

/** Decrypts with the first key that fits; undefined when none does, or the text is for another receiver. */
export function decrypt(encrypted: string, keys: readonly Buffer[], receiver: string): Opened | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % block !== 0) return undefined;
  for (const key of keys) {
    const text = messageIn(bytes, key, receiver);
    if (text !== undefined) return { text, key };
  }
  return undefined;
}

function messageIn(bytes: Buffer, key: Buffer, receiver: string): string | undefined {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const fill = padded.at(-1) ?? 0;
  if (fill < 1 || fill > block || padded.subarray(-fill).some((byte) => byte !== fill)) return undefined;
  const plain = padded.subarray(0, -fill);
  if (plain.length < salt + size) return undefined;
  const end = salt + size + plain.readUInt32BE(salt);
  if (end > plain.length || plain.subarray(end).toString() !== receiver) return undefined;
  return readText(plain.subarray(salt + size, end));
}

/** Bytes as text; undefined when they are not UTF-8. */
export function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
