import { createHash, randomBytes } from 'node:crypto';

/** A new visitor's token: 192 random bits. Whoever holds it is that visitor; nothing is stored for it. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The token in an `Authorization: Bearer` header, if it has the shape of one. */
export function tokenOf(authorization: string | undefined): string | undefined {
  return authorization?.match(/^Bearer ([\w-]{32})$/)?.[1];
}

/** The conversation of a token's holder. It does not reveal the token. */
export function conversationOf(token: string): string {
  return `web:${createHash('sha256').update(token).digest('base64url').slice(0, 32)}`;
}
