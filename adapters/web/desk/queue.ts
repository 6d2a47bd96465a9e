import { Hono } from 'hono';
import { z } from 'zod';
import type { Case, Desk } from '../../../src/ports.ts';
import type { Guarded } from './guard.ts';
import { refuse } from './refusal.ts';
import { countLimit, type WireNews, type WireQueue } from './wire.ts';

const query = z.object({
  show: z.enum(['unclaimed', 'mine', 'open', 'closed']).default('unclaimed'),
  search: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

const longestQuestion = 200;

/** `GET /cases?show=&search=&limit=`: a list of the queue, and how many cases the lists have. */
export function createQueue(desk: Pick<Desk, 'find'>): Hono<Guarded> {
  const routes = new Hono<Guarded>();
  routes.get('/cases', async (c) => {
    const { data } = query.safeParse(c.req.query());
    if (!data) return refuse(c, 'bad-body', { detail: 'show, search or limit is not right' });
    const { show, search, limit } = data;
    const consultant = c.get('session').consultant.id;
    const words = search.replaceAll('\0', '').toWellFormed().trim();
    const all = (tab: 'unclaimed' | 'mine' | 'open') => desk.find({ show: tab, consultant, limit: countLimit });
    const [found, unclaimed, mine, open] = await Promise.all([
      desk.find({ show, consultant, ...(words !== '' && { search: words }), limit: limit + 1 }),
      all('unclaimed'),
      all('mine'),
      all('open'),
    ]);
    const queue: WireQueue = {
      cases: found.slice(0, limit),
      counts: { unclaimed: unclaimed.length, mine: mine.length, open: open.length },
      more: found.length > limit,
      news: [...unclaimed.map((one) => newsOf(one, false)), ...mine.map((one) => newsOf(one, true))],
    };
    return c.json(queue);
  });
  return routes;
}

function newsOf({ id, question, waitingSince }: Case, mine: boolean): WireNews {
  return { case: id, mine, question: question.slice(0, longestQuestion), since: waitingSince };
}
