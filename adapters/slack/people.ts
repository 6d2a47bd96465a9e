import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../src/ports.ts';
import { failureOf } from './failure.ts';
import { createRecent } from './recent.ts';

/** How long a locale is kept, ms, and how long a message waits for one. */
const kept = 60 * 60_000;
const patience = 400;

/** What is known of people. */
export interface People {
  /** The locale that a person set in Slack (`zh-CN`), if it can be had in a moment. */
  locale(user: string): Promise<string | undefined>;
}

/** Asks Slack for the locales of people, rarely: what was asked is kept for an hour. */
export function createPeople(client: WebClient, clock: Clock): People {
  const known = createRecent<{ readonly at: number; readonly locale: Promise<string | undefined> }>(10_000);
  let quietUntil = 0;

  async function ask(user: string): Promise<string | undefined> {
    try {
      const { user: found } = await client.users.info({ user, include_locale: true });
      return found?.locale;
    } catch (error) {
      // Whoever cannot be looked up is answered in the language that they write.
      quietUntil = clock() + (failureOf(error).after ?? 10_000);
      known.delete(user);
      return undefined;
    }
  }

  return {
    async locale(user) {
      const found = known.get(user);
      const fresh = found && clock() - found.at < kept ? found : undefined;
      if (!fresh && clock() < quietUntil) return undefined;
      const asked = fresh ?? { at: clock(), locale: ask(user) };
      if (!fresh) known.set(user, asked);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), patience);
      });
      return Promise.race([asked.locale, late]).finally(() => clearTimeout(timer));
    },
  };
}
