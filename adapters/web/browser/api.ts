import type { Language, Suggestion } from '../../../src/core/message.ts';
import type { WireBody } from '../wire.ts';
import { readEvents, type ServerEvent } from './events.ts';

/** How a post ended. `later`: try again after `ms`, if the server said when. `session`: the token is not accepted. */
export type Posted =
  | { readonly as: 'accepted' }
  | { readonly as: 'session' }
  | { readonly as: 'later'; readonly slow: boolean; readonly ms?: number | undefined }
  | { readonly as: 'refused'; readonly code: string };

/** Longest silence of a stream, ms; the server sends a sign of life every 15 seconds. */
const silence = 40_000;
/** Longest wait for the answer to a post, ms. */
const patience = 20_000;

function at(path: string): string {
  return new URL(`api/chat/${path}`, document.baseURI).href;
}

/** Asks what a visitor may mean who has written so far. Never rejects: without an answer there is no suggestion. */
export async function suggest(text: string, language: Language, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const query = new URLSearchParams({ q: text, language });
  try {
    const response = await fetch(new URL(`api/suggest?${query}`, document.baseURI).href, { signal });
    if (!response.ok) return [];
    const { suggestions }: { suggestions: readonly Suggestion[] } = await response.json();
    return suggestions;
  } catch {
    return [];
  }
}

/** Asks for a new visitor's token. Rejects when there is no connection. */
export async function openSession(): Promise<string> {
  const response = await fetch(at('session'), { method: 'POST' });
  if (!response.ok) throw new Error(`session: ${response.status}`);
  const { token }: { token: string } = await response.json();
  return token;
}

/** Posts what the visitor wrote or picked. Never rejects: without a connection the answer is `later`. */
export async function post(token: string, body: WireBody): Promise<Posted> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    const response = await fetch(at('messages'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: controller.signal,
    });
    if (response.ok) return { as: 'accepted' };
    if (response.status === 401) return { as: 'session' };
    if (response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after'));
      return { as: 'later', slow: response.status === 429, ...(seconds > 0 ? { ms: seconds * 1000 } : {}) };
    }
    const { error }: { error?: string } = await response.json().catch(() => ({}));
    return { as: 'refused', code: error ?? String(response.status) };
  } catch {
    return { as: 'later', slow: false };
  } finally {
    clearTimeout(timer);
  }
}

/** Fetches a consultant's file; undefined when it cannot be had (just now). */
export async function fetchFile(token: string, id: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(at(`files/${encodeURIComponent(id)}`), {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Follows the conversation after a position until the connection ends, the silence grows too long or `signal` aborts.
 * Gives the status of the answer; rejects when the connection fails.
 */
export async function stream(
  token: string,
  after: number,
  signal: AbortSignal,
  onEvent: (event: ServerEvent) => void,
): Promise<number> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop);
  let timer = setTimeout(stop, silence);
  try {
    const response = await fetch(at('stream'), {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': String(after) },
      signal: controller.signal,
      cache: 'no-store',
    });
    if (!response.ok || !response.body) return response.status;
    await readEvents(response.body, onEvent, () => {
      clearTimeout(timer);
      timer = setTimeout(stop, silence);
    });
    return response.status;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
