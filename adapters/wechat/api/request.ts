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

/** How long one call may take, ms; shorter than the outbox waits. */
const timeout = 7_000;

const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Makes one call; throws `Refused` or `Unanswered`. Addresses hold secrets and are never part of a message. */
export async function request(url: URL, body?: object): Promise<Record<string, unknown>> {
  const answer = await send(url, body);
  let read: unknown;
  try {
    if (answer.status === 429 || answer.status === 503) throw new Unanswered('no', `status ${answer.status}`);
    if (!answer.ok) throw new Unanswered('unknown', `status ${answer.status}`);
    read = JSON.parse(await answer.text());
  } catch (error) {
    if (error instanceof Unanswered) throw error;
    throw new Unanswered('unknown', 'an answer that cannot be read', error);
  }
  if (typeof read !== 'object' || read === null) throw new Unanswered('unknown', 'an answer that cannot be read');
  const result = read as Record<string, unknown>;
  const code = Number(result['errcode'] ?? 0);
  if (code !== 0) throw new Refused(code, String(result['errmsg'] ?? ''));
  return result;
}

async function send(url: URL, body: object | undefined): Promise<Response> {
  const signal = AbortSignal.timeout(timeout);
  try {
    return body === undefined
      ? await fetch(url, { signal })
      : await fetch(url, {
          signal,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (unreached.has(code)) throw new Unanswered('no', `the platform cannot be reached (${code})`);
    throw new Unanswered('unknown', `no answer${code && ` (${code})`}`);
  }
}
