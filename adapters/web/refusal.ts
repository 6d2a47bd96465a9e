import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Every way in which the chat's API says no: the status, the code for programs, the sentence for people. */
const refusals = {
  'bad-json': [400, 'The body is not valid JSON. Send one JSON object.'],
  'no-session': [
    401,
    'The session is missing or malformed. Get a token by POST /api/chat/session and send it as "Authorization: Bearer TOKEN".',
  ],
  'not-found': [
    404,
    'There is nothing at this address. The chat uses /api/chat/session, /api/chat/messages and /api/chat/stream.',
  ],
  'wrong-method': [405, 'This address does not take that method. See the Allow header.'],
  'body-too-large': [413, 'The body is larger than {limit} bytes. Send a shorter message.'],
  'not-json': [415, 'The body must be JSON. Send it with "Content-Type: application/json".'],
  'text-too-long': [422, 'The message is longer than {limit} characters. Shorten it or send it in parts.'],
  'text-empty': [422, 'The message has no text. Write something and send it again.'],
  'bad-body': [422, 'The body does not fit: {detail}'],
  'bad-query': [
    422,
    'The address needs q, a text of at most {limit} characters. Add ?q=TEXT, and language=en or language=zh.',
  ],
  'bad-cursor': [422, 'The position must be a whole number, 0 or more.'],
  'too-many-messages': [429, 'Too many messages at once. Wait {seconds} seconds and send it again.'],
  'too-many-sessions': [429, 'Too many new chats from this address. Wait {seconds} seconds and try again.'],
  'too-many-suggestions': [429, 'Too many suggestions at once. Wait {seconds} seconds and ask again.'],
  'too-many-streams': [
    429,
    'The chat is open in too many places. Close some of them, then try again in {seconds} seconds.',
  ],
  internal: [500, 'Something went wrong here. Try again; if it stays, tell the operator.'],
  unavailable: [
    503,
    'The message could not be stored just now. Send it again with the same id; it will not be doubled.',
  ],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type Refusal = keyof typeof refusals;

/** What is filled into the sentence. `seconds` also becomes the Retry-After header. */
export interface RefusalFacts {
  readonly seconds?: number;
  readonly limit?: number;
  readonly detail?: string;
}

/** Answers `{error, message}` with the refusal's status. */
export function refuse(c: Context, refusal: Refusal, facts: RefusalFacts = {}): Response {
  const [status, sentence] = refusals[refusal];
  const values = new Map(Object.entries(facts));
  const message = sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values.get(name)));
  if (facts.seconds !== undefined) c.header('Retry-After', String(facts.seconds));
  return c.json({ error: refusal, message }, status);
}
