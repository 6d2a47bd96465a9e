import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Every way in which the API of the desk says no: the status and the sentence for people. */
const refusals = {
  'bad-body': [422, 'The request does not fit: {detail}'],
  'signed-out': [401, 'Nobody is signed in. Sign in at /desk.'],
  'wrong-password': [401, 'The password is not right.'],
  'foreign-page': [403, 'The request does not come from the page of the desk.'],
  'not-found': [404, 'There is nothing at this address.'],
  'no-case': [404, 'There is no such case (any more).'],
  'no-file': [404, 'There is no such file (any more).'],
  'file-too-large': [413, 'The file is larger than 20 MB. Send a smaller one.'],
  'file-type': [415, 'Files of this type are not sent. Use an image, PDF, text, office document or ZIP.'],
  'too-many-attempts': [429, 'Too many attempts. Try again in {seconds} seconds.'],
  internal: [500, 'Something went wrong here. Try again; if it stays, tell the operator.'],
  unavailable: [503, 'This could not be stored just now. Send it again with the same id; it will not be doubled.'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type DeskRefusal = keyof typeof refusals;

/** Answers `{error, message}` with the status of the refusal. `seconds` also becomes the Retry-After header. */
export function refuse(
  c: Context,
  refusal: DeskRefusal,
  facts: { readonly seconds?: number; readonly detail?: string } = {},
): Response {
  const [status, sentence] = refusals[refusal];
  const values = new Map(Object.entries(facts));
  const message = sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values.get(name)));
  if (facts.seconds !== undefined) c.header('Retry-After', String(facts.seconds));
  return c.json({ error: refusal, message }, status);
}
