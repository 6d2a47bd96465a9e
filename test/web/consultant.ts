import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { WireCase, WireDoing, WireKit, WireOutcome, WireQueue } from '../../adapters/web/desk/wire.ts';
import { type Bureau, password } from './bureau.ts';

const own = { 'x-wenda-desk': '1' };

/** A consultant who is signed in, over HTTP without a browser. */
export interface Hand {
  readonly cookie: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  queue(show: string, search?: string): Promise<WireQueue>;
  look(id: string): Promise<WireCase>;
  kit(): Promise<WireKit>;
  act(id: string, act: WireDoing, key?: string): Promise<WireOutcome>;
}

/** Posts the sign-in, from this address. */
export async function attempt(
  { routes }: Pick<Bureau, 'routes'>,
  body: unknown,
  headers: Record<string, string> = own,
  remoteAddress = '192.0.2.1',
): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  return routes.request('/desk/api/session', init, { incoming: { socket: { remoteAddress } } });
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Signs a consultant in. */
export async function signIn(bureau: Pick<Bureau, 'routes'>, name: string): Promise<Hand> {
  const response = await attempt(bureau, { password, name }, own, `192.0.2.${signedIn}`);
  signedIn = (signedIn % 250) + 1;
  if (!response.ok) throw new Error(`sign-in: ${response.status}`);
  const cookie = cookieOf(response);
  const request = async (path: string, init: RequestInit = {}) =>
    bureau.routes.request(`/desk/api/${path}`, { ...init, headers: { cookie, ...own, ...init.headers } });
  const read = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const answer = await request(path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    cookie,
    request,
    queue: (show, search = '') => read(`cases?${new URLSearchParams({ show, search })}`),
    look: (id) => read(`cases/${id}`),
    kit: () => read('kit'),
    act: (id, act, key = randomUUID()) =>
      read(`cases/${id}/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: key, act }),
      }),
  };
}

let signedIn = 1;

const refused = z.object({ error: z.string() });

/** The code of a refusal with its status. */
export async function refusalOf(response: Response): Promise<readonly [number, string]> {
  return [response.status, refused.parse(await response.json()).error];
}

let messages = 0;

/** A visitor of the channel `test` writes something. */
export async function write(bureau: Bureau, conversation: string, text: string, name?: string): Promise<void> {
  messages += 1;
  await bureau.receive({
    key: `${conversation}:${messages}`,
    conversation,
    at: Date.now(),
    ...(name !== undefined && { name }),
    body: { kind: 'text', text },
  });
  await bureau.idle();
}

/** A visitor asks for a person and skips what the bot wants to know; gives the id of the case. */
export async function openCase(bureau: Bureau, conversation: string, question: string, name?: string): Promise<string> {
  await write(bureau, conversation, question, name);
  await write(bureau, conversation, 'I want to talk to a person', name);
  const found = await bureau.desk.find({ show: 'open', limit: 100 });
  const one = found.find((each) => each.conversation === conversation);
  if (!one) throw new Error('no case was opened');
  return one.id;
}
