/** An answer of the platform that says no. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: number;

  constructor(code: number, message: string) {
    super(`${code} ${message}`);
    this.code = code;
  }
}

/** No answer: `taken` is `no` when the call surely did nothing, `unknown` when it may have done its work. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly taken: 'no' | 'unknown';

  constructor(taken: 'no' | 'unknown', message: string, cause?: unknown) {
    super(message, { cause });
    this.taken = taken;
  }
}

/** A file of the platform is larger than it may be. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** How long one call may take, ms; shorter than the outbox waits. */
const timeout = 7_000;

const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** What is sent: an object as JSON, a form as it is; nothing is a GET. */
export type Body = object | FormData | undefined;

/** Makes one call; throws `Refused` or `Unanswered`. Addresses hold secrets and are never part of a message. */
export async function request(url: URL, body?: Body): Promise<Record<string, unknown>> {
  return read(await send(url, body, timeout));
}

/** A file as the platform gives it. */
export interface Fetched {
  readonly name?: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** Fetches a file of at most `most` bytes within `time` ms; throws `TooLarge` too. Refusals come as JSON. */
export async function requestFile(url: URL, most: number, time: number): Promise<Fetched> {
  const answer = await send(url, undefined, time);
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const disposition = answer.headers.get('content-disposition');
  if (!answer.ok || (disposition === null && /^(?:application\/json|text\/plain)?$/.test(type))) {
    const { video_url: video } = await read(answer);
    throw new Refused(0, video === undefined ? 'no file' : 'a video, which is given by its address');
  }
  const content = await bytesOf(answer, most);
  const name = disposition === null ? undefined : nameIn(disposition);
  return { type: type || 'application/octet-stream', content, ...(name && { name }) };
}

async function bytesOf(answer: Response, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of answer.body ?? []) {
      size += piece.length;
      if (size > most) throw new TooLarge(`more than ${most} bytes`);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new Unanswered('unknown', 'a file that breaks off', error);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** The name in a header, which is UTF-8 although headers are read as Latin. */
function nameIn(disposition: string): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  const [, quoted] = /filename="([^"]*)"/i.exec(disposition) ?? [];
  try {
    if (encoded !== undefined) return decodeURIComponent(encoded);
    return quoted === undefined ? undefined : Buffer.from(quoted, 'latin1').toString();
  } catch {
    return undefined;
  }
}

async function read(answer: Response): Promise<Record<string, unknown>> {
  let found: unknown;
  try {
    if (answer.status === 429 || answer.status === 503) throw new Unanswered('no', `status ${answer.status}`);
    if (!answer.ok) throw new Unanswered('unknown', `status ${answer.status}`);
    found = JSON.parse(await answer.text());
  } catch (error) {
    if (error instanceof Unanswered) throw error;
    throw new Unanswered('unknown', 'an answer that cannot be read', error);
  }
  if (typeof found !== 'object' || found === null) throw new Unanswered('unknown', 'an answer that cannot be read');
  const result = found as Record<string, unknown>;
  const code = Number(result['errcode'] ?? 0);
  if (code !== 0) throw new Refused(code, String(result['errmsg'] ?? ''));
  return result;
}

async function send(url: URL, body: Body, time: number): Promise<Response> {
  const signal = AbortSignal.timeout(time);
  try {
    if (body === undefined) return await fetch(url, { signal });
    const sent =
      body instanceof FormData
        ? { body }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return await fetch(url, { signal, method: 'POST', ...sent });
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (unreached.has(code)) throw new Unanswered('no', `the platform cannot be reached (${code})`);
    throw new Unanswered('unknown', `no answer${code && ` (${code})`}`);
  }
}
