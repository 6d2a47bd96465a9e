import type { Consultant } from '../../../../src/core/conversation/event.ts';
import type { AttachedFile } from '../../../../src/core/message.ts';
import type { Tab, WireAct, WireCase, WireKit, WireOutcome, WireQueue } from '../../desk/wire.ts';

/** What came of a request. `lost`: no connection, or the server cannot answer just now. */
export type Answer<T> =
  | { readonly as: 'ok'; readonly data: T }
  | { readonly as: 'signed-out' | 'lost' }
  | { readonly as: 'refused'; readonly code: string; readonly seconds?: number };

/** Longest wait for an answer, and for a file to be taken, ms. */
const patience = 20_000;
const filePatience = 300_000;

function at(path: string): string {
  return new URL(`desk/api/${path}`, document.baseURI).href;
}

async function ask<T>(path: string, init: RequestInit = {}, wait = patience): Promise<Answer<T>> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), wait);
  try {
    const headers = { 'x-wenda-desk': '1', ...init.headers };
    const response = await fetch(at(path), { ...init, headers, signal: controller.signal, cache: 'no-store' });
    const body = response.status === 204 ? undefined : await response.json();
    if (response.ok) return { as: 'ok', data: body };
    const code: string = body?.error ?? String(response.status);
    if (code === 'signed-out') return { as: 'signed-out' };
    if (response.status >= 500) return { as: 'lost' };
    const seconds = Number(response.headers.get('retry-after'));
    return { as: 'refused', code, ...(seconds > 0 && { seconds }) };
  } catch {
    return { as: 'lost' };
  } finally {
    clearTimeout(timer);
  }
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The requests of the desk's page. None of them rejects. */
export const api = {
  whoami: () => ask<{ consultant: Consultant }>('session'),
  signIn: (password: string, name: string) => ask<{ consultant: Consultant }>('session', json({ password, name })),
  signOut: () => ask<undefined>('session', { method: 'DELETE' }),
  kit: () => ask<WireKit>('kit'),
  queue: (show: Tab, search: string, limit: number) =>
    ask<WireQueue>(`cases?${new URLSearchParams({ show, search, limit: String(limit) })}`),
  case: (id: string) => ask<WireCase>(`cases/${encodeURIComponent(id)}`),
  act: (id: string, act: WireAct) => ask<WireOutcome>(`cases/${encodeURIComponent(id)}/acts`, json(act)),
  upload: (id: string, file: File) =>
    ask<{ file: AttachedFile }>(
      `cases/${encodeURIComponent(id)}/files?${new URLSearchParams({ name: file.name })}`,
      { method: 'POST', headers: { 'content-type': file.type }, body: file },
      filePatience,
    ),
  fileUrl: (id: string) => at(`files/${encodeURIComponent(id)}`),
  transcriptUrl: (id: string, internal: boolean) =>
    at(`cases/${encodeURIComponent(id)}/transcript.md${internal ? '' : '?internal=no'}`),
  streamUrl: () => at('stream'),
};
