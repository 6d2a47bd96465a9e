import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../src/ports.ts';
import { addressOf } from './address.ts';
import { createLimiter } from './limiter.ts';
import type { Limits, WebOptions } from './options.ts';
import { refuse } from './refusal.ts';
import { textLimit } from './wire.ts';

/** What is asked for: the text as far as it is written, and the language of the page. */
const query = z.object({ q: z.string().max(textLimit), language: z.enum(['en', 'zh']).default('en') });

/** How long a browser may use the answer again, seconds. */
const keptFor = 300;

/** The API behind the suggestions while typing: `GET /?q=TEXT&language=en` gives `{suggestions}`. Stores nothing. */
export function createSuggestions(options: {
  readonly suggest: NonNullable<WebOptions['suggest']>;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'addressSuggestionsPerMinute'>;
  readonly trustProxy: boolean;
}): Hono {
  const { suggest, clock, limits, trustProxy } = options;
  const take = createLimiter(clock, limits.addressSuggestionsPerMinute);
  const routes = new Hono();
  routes.get('/', (c) => {
    const seconds = take(addressOf(c, trustProxy));
    if (seconds > 0) return refuse(c, 'too-many-suggestions', { seconds });
    const { data } = query.safeParse(c.req.query());
    if (!data) return refuse(c, 'bad-query', { limit: textLimit });
    c.header('Cache-Control', `private, max-age=${keptFor}`);
    return c.json({ suggestions: suggest(data.q, data.language) });
  });
  routes.all('/', (c) => {
    c.header('Allow', 'GET, HEAD');
    return refuse(c, 'wrong-method');
  });
  return routes;
}
