import { z } from 'zod';
import type { ServerEvent } from '../../adapters/web/browser/events.ts';
import { readEvents } from '../../adapters/web/browser/events.ts';
import type { WireLine } from '../../adapters/web/wire.ts';
import type { Place } from './place.ts';

/** A status and its JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
}

export async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, body: await response.json(), retryAfter: response.headers.get('retry-after') };
}

/** Opens a session and gives its token. */
export async function openSession({ routes }: Pick<Place, 'routes'>): Promise<string> {
  const response = await routes.request('/api/chat/session', { method: 'POST' });
  return z.object({ token: z.string() }).parse(await response.json()).token;
}

/** Posts a body as this visitor, from this address. */
export async function post(
  { routes }: Pick<Place, 'routes'>,
  token: string,
  body: unknown,
  remoteAddress = '192.0.2.1',
): Promise<Answer> {
  const request = {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return answerOf(await routes.request('/api/chat/messages', request, { incoming: { socket: { remoteAddress } } }));
}

/** A visitor's open stream: the lines as they come. */
export interface Stream {
  readonly lines: WireLine[];
  readonly events: ServerEvent[];
  /** Resolves as soon as it holds, looking again at each event; rejects after ten seconds. */
  until(condition: () => boolean): Promise<void>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens a stream over HTTP. */
export async function openStream(url: string, token: string, headers: Record<string, string> = {}): Promise<Stream> {
  const controller = new AbortController();
  const response = await fetch(`${url}/api/chat/stream`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: controller.signal,
  });
  if (!response.ok || !response.body) throw new Error(`stream: ${response.status} ${await response.text()}`);
  const lines: WireLine[] = [];
  const events: ServerEvent[] = [];
  const waiting = new Set<() => void>();
  const ended = readEvents(response.body, (event) => {
    events.push(event);
    if (event.event === 'line') lines.push(JSON.parse(event.data));
    for (const look of waiting) look();
  });
  ended.catch(() => {});
  return {
    lines,
    events,
    ended,
    close: () => controller.abort(),
    until: (condition) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`not seen: ${condition}; ${JSON.stringify(events)}`)), 10_000);
        const look = () => {
          if (!condition()) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
