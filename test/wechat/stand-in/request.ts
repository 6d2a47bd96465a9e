import { request as open } from 'node:http';
import type { Answer } from './index.ts';

/** An HTTP request under way. */
export interface Request {
  /** Resolves with the answer; rejects when the connection ends before it. */
  readonly answer: Promise<Answer>;
  /** Resolves when everything is written. */
  readonly written: Promise<void>;
  /** Cuts the connection. */
  cut(): void;
}

/** Sends one HTTP request on a connection of its own. */
export function request(method: 'GET' | 'POST', url: string, body: string | Uint8Array = ''): Request {
  const bytes = Buffer.from(body);
  const headers = method === 'POST' ? { 'content-type': 'text/xml', 'content-length': bytes.length } : {};
  const outgoing = open(url, { method, headers, agent: false });
  const answer = new Promise<Answer>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('close', () => reject(new Error('the connection broke within the answer')));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          contentType: incoming.headers['content-type'] ?? '',
          body: text(Buffer.concat(parts)),
        }),
      );
    });
  });
  // Whoever only waits for the request to be written does not look at the answer.
  answer.catch(() => undefined);
  const written = new Promise<void>((resolve) => {
    outgoing.on('error', () => resolve());
    outgoing.end(bytes, () => resolve());
  });
  return { answer, written, cut: () => outgoing.destroy(new Error('cut off')) };
}

/** The answer to a POST; status 0 when the connection ended without one. */
export async function post(url: string, body: string | Uint8Array): Promise<Answer> {
  return request('POST', url, body).answer.catch(() => ({ status: 0, contentType: '', body: '' }));
}

function text(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return `\ufffe${bytes.toString('latin1')}`;
  }
}
