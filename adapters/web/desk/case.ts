import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { CaseView, Clock, Desk, JournalItem } from '../../../src/ports.ts';
import type { Log } from '../options.ts';
import { actOf } from './act.ts';
import type { Colleagues } from './consultant.ts';
import { exportCase } from './export.ts';
import type { Guarded } from './guard.ts';
import { refuse } from './refusal.ts';
import { threadOf } from './thread.ts';
import type { WireCase, WireItem } from './wire.ts';

/** How many lines of a conversation a page shows. */
const shownLines = 500;
/** Items of a journal read at a time. */
const batch = 500;
const largestAct = 64 * 1024;

/** The routes of one case: its page, what is done to it, its transcript as a file. */
export function createCaseRoutes(options: {
  readonly desk: Desk;
  readonly colleagues: Colleagues;
  readonly clock: Clock;
  readonly log: Log;
}): Hono<Guarded> {
  const { desk, colleagues, clock, log } = options;
  const routes = new Hono<Guarded>();

  routes.get('/cases/:id', async (c) => {
    const view = await desk.view(c.req.param('id'));
    if (!view) return refuse(c, 'no-case');
    const [thread, known] = await Promise.all([read(desk, view), colleagues.list()]);
    return c.json({ case: view, thread, colleagues: known } satisfies WireCase);
  });

  routes.post(
    '/cases/:id/acts',
    bodyLimit({ maxSize: largestAct, onError: (c) => refuse(c, 'bad-body', { detail: 'it is too long' }) }),
    async (c) => {
      const view = await desk.view(c.req.param('id'));
      if (!view) return refuse(c, 'no-case');
      const from = { view, consultant: c.get('session').consultant, at: clock() };
      const act = await actOf(await c.req.json().catch(() => undefined), from, { desk, colleagues });
      if (typeof act === 'string') return refuse(c, 'bad-body', { detail: act });
      try {
        return c.json(await desk.act(act));
      } catch (error) {
        log.error({ err: error, key: act.key }, 'desk: an act could not be stored; the browser sends it again');
        return refuse(c, 'unavailable', { seconds: 2 });
      }
    },
  );

  routes.get('/cases/:id/transcript.md', async (c) => {
    const view = await desk.view(c.req.param('id'));
    if (!view) return refuse(c, 'no-case');
    return asFile(c, view, exportCase(view, await read(desk, view), c.req.query('internal') !== 'no'));
  });
  return routes;
}

async function read(desk: Desk, { conversation }: CaseView): Promise<readonly WireItem[]> {
  const lines = await desk.lines(conversation, shownLines);
  const journal: JournalItem[] = [];
  for (let found = await desk.journal(conversation, 0, batch); found.length > 0; ) {
    journal.push(...found);
    found = found.length < batch ? [] : await desk.journal(conversation, journal.at(-1)?.id ?? 0, batch);
  }
  return threadOf(lines, journal);
}

function asFile(c: Context, { id, openedAt }: CaseView, markdown: string): Response {
  const name = `case-${new Date(openedAt).toISOString().slice(0, 10)}-${id.replaceAll(/[^\w-]/g, '')}.md`;
  c.header('Content-Type', 'text/markdown; charset=utf-8');
  c.header('Content-Disposition', `attachment; filename="${name}"`);
  return c.body(markdown);
}
