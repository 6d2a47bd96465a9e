import type { Context } from 'hono';
import { z } from 'zod';
import type { Incoming } from '../../src/ports.ts';
import { type Refusal, refuse } from './refusal.ts';
import { textLimit } from './wire.ts';

const locale = z
  .string()
  .regex(/^[A-Za-z0-9-]{2,35}$/, 'a BCP 47 tag such as en or zh-CN')
  .optional();

/** Given by the browser, the same at every attempt. Longer than `arrival`, so that the keys cannot meet. */
const id = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, '8 to 64 letters, digits or hyphens');

const choice = z.string().regex(/^[\w.:/#=+-]{1,200}$/, '1 to 200 letters, digits or . : / # = + - _');

const body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('arrival'), locale }),
  z.strictObject({ kind: z.literal('text'), id, locale, text: z.string() }),
  z.strictObject({ kind: z.literal('choice'), id, locale, ids: z.array(choice).min(1).max(8) }),
]);

/** Reads what a visitor posted to this conversation, or gives the refusal to answer with. */
export async function decode(c: Context, conversation: string, at: number): Promise<Incoming | Response> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return refuse(c, 'not-json');
  const json: unknown = await c.req.json().catch(() => undefined);
  if (json === undefined) return refuse(c, 'bad-json');
  const parsed = body.safeParse(json);
  if (!parsed.success) return refuse(c, 'bad-body', { detail: describe(parsed.error) });
  const { data } = parsed;
  const from = { conversation, at, ...(data.locale === undefined ? {} : { locale: data.locale }) };
  if (data.kind === 'arrival') return { key: `${conversation}:arrival`, ...from, body: { kind: 'arrival' } };
  const key = `${conversation}:${data.id}`;
  if (data.kind === 'choice') return { key, ...from, body: { kind: 'choice', ids: data.ids } };
  // NUL and half surrogate pairs are no text, and PostgreSQL refuses to store them.
  const text = data.text.replaceAll('\0', '').toWellFormed().trim();
  const wrong: Refusal | undefined =
    text === '' ? 'text-empty' : [...text].length > textLimit ? 'text-too-long' : undefined;
  return wrong ? refuse(c, wrong, { limit: textLimit }) : { key, ...from, body: { kind: 'text', text } };
}

function describe(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
