import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../src/ports.ts';
import { createRecent } from '../../src/recent.ts';
import { clean } from './encode/text.ts';
import { failureOf } from './failure.ts';

/** How long what is known is kept, ms, and how long a message waits for it. */
const kept = 60 * 60_000;
const patience = 400;

/** Characters of a name. */
const longestName = 80;

/** What Slack tells of a person. */
export interface About {
  /** The locale that they set in Slack (`zh-CN`). */
  readonly locale?: string;
  /** What they are called there. */
  readonly name?: string;
}

/** What is known of people. */
export interface People {
  /** What Slack tells of a person, if it can be had in a moment. */
  about(user: string): Promise<About>;
  /** The locale alone. */
  locale(user: string): Promise<string | undefined>;
}

/** Asks Slack about people, rarely: what was asked is kept for an hour. */
export function createPeople(client: WebClient, clock: Clock): People {
  const known = createRecent<{ readonly at: number; readonly about: Promise<About> }>(10_000);
  let quietUntil = 0;

  async function ask(user: string): Promise<About> {
    try {
      const { user: found } = await client.users.info({ user, include_locale: true });
      const name = clean(found?.profile?.display_name || found?.real_name || '').trim();
      return {
        ...(found?.locale && { locale: found.locale }),
        ...(name !== '' && { name: name.slice(0, longestName) }),
      };
    } catch (error) {
      // Whoever cannot be looked up is answered in the language that they write.
      quietUntil = clock() + (failureOf(error).after ?? 10_000);
      known.delete(user);
      return {};
    }
  }

  async function about(user: string): Promise<About> {
    const found = known.get(user);
    const fresh = found && clock() - found.at < kept ? found : undefined;
    if (!fresh && clock() < quietUntil) return {};
    const asked = fresh ?? { at: clock(), about: ask(user) };
    if (!fresh) known.set(user, asked);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<About>((resolve) => {
      timer = setTimeout(() => resolve({}), patience);
    });
    return Promise.race([asked.about, late]).finally(() => clearTimeout(timer));
  }

  return { about, locale: async (user) => (await about(user)).locale };
}
