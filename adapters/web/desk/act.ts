import { z } from 'zod';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import { longestReply } from '../../../src/core/conversation/inert.ts';
import type { Act, CaseView, Desk, DeskAct } from '../../../src/ports.ts';
import type { Colleagues } from './consultant.ts';

/** A snooze ends within this time, ms. */
const longestSnooze = 31 * 86_400_000;

const id = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, '8 to 64 letters, digits or hyphens');

// NUL and half surrogate pairs are no text, and PostgreSQL refuses to store them.
const text = z
  .string()
  .transform((given) => given.replaceAll('\0', '').toWellFormed().trim())
  .refine((given) => [...given].length <= longestReply, `at most ${longestReply} characters`);
const words = text.refine((given) => given !== '', 'write something');

const posted = z.strictObject({
  id,
  act: z.discriminatedUnion('does', [
    z.strictObject({ does: z.enum(['claim', 'release', 'resolve']) }),
    z.strictObject({ does: z.literal('transfer'), to: z.string() }),
    z.strictObject({ does: z.literal('snooze'), until: z.number().int() }),
    z.strictObject({ does: z.literal('say'), text, file: z.string().optional() }),
    z.strictObject({ does: z.literal('note'), text: words }),
    z.strictObject({ does: z.literal('edit'), origin: z.string().max(200), text: words.optional() }),
  ]),
});

type Posted = z.output<typeof posted>;

/** An act as it was posted to a case by a consultant, or what is wrong with it. */
export async function actOf(
  body: unknown,
  from: { readonly view: CaseView; readonly consultant: Consultant; readonly at: number },
  { desk, colleagues }: { readonly desk: Pick<Desk, 'file'>; readonly colleagues: Colleagues },
): Promise<DeskAct | string> {
  const { data, error } = posted.safeParse(body);
  if (!data) return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  const { view, consultant, at } = from;
  const act = await completed(data, view, at, desk, colleagues);
  if (typeof act === 'string') return act;
  return { key: `web-desk:${consultant.id}:${data.id}`, case: view.id, at, consultant, act };
}

async function completed(
  { id: own, act }: Posted,
  view: CaseView,
  at: number,
  desk: Pick<Desk, 'file'>,
  colleagues: Colleagues,
): Promise<Act | string> {
  const origin = `web:${own}`;
  switch (act.does) {
    case 'transfer': {
      const to = (await colleagues.list()).find((colleague) => colleague.id === act.to);
      return to ? { does: 'transfer', to } : 'act.to: nobody of this id works at the desk';
    }
    case 'snooze': {
      const fits = act.until > at && act.until <= at + longestSnooze;
      return fits ? act : 'act.until: a moment within the next 31 days';
    }
    case 'say': {
      if (act.file === undefined) {
        return act.text === '' ? 'act.text: write something' : { does: 'say', text: act.text, origin };
      }
      const stored = await desk.file(act.file);
      if (stored?.conversation !== view.conversation) return 'act.file: there is no such file of this case';
      const { id: file, name, type, size } = stored;
      return { does: 'say', text: act.text, origin, file: { id: file, name, type, size } };
    }
    case 'note':
      return { ...act, origin };
    case 'edit':
      return { does: 'edit', origin: act.origin, ...(act.text !== undefined && { text: act.text }) };
    default:
      return { does: act.does };
  }
}
