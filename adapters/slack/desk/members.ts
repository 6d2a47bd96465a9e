import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { Clock } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import type { Self } from '../decode/message.ts';
import { clean } from '../encode/text.ts';

/** For how long a member counts as one, and somebody else as none, ms. */
const kept = 5 * 60_000;
const doubted = 1_000;

/** Members that are looked through at a time, and pages at most. */
const page = 1_000;
const pages = 20;

const profile = z.object({
  team_id: z.string(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  profile: z.object({ display_name: z.string().optional() }).optional(),
});

/** Who works at the desk. */
export interface Members {
  /** The consultant that a person of Slack is; undefined for anybody else. Rejects when Slack does not say. */
  consultant(user: string): Promise<Consultant | undefined>;
}

/** Members of the desk's channel who belong to the workspace of the bot, and are neither guests nor bots. */
export function createMembers(options: {
  readonly client: WebClient;
  readonly self: Self;
  readonly channel: string;
  readonly clock: Clock;
}): Members {
  const { client, self, channel, clock } = options;
  const known = createRecent<{ readonly at: number; readonly consultant: Promise<Consultant | undefined> }>(1_000);
  let list: { readonly at: number; readonly members: Promise<ReadonlySet<string>> } | undefined;

  async function readMembers(): Promise<ReadonlySet<string>> {
    const members: string[] = [];
    let cursor: string | undefined;
    for (let read = 0; read < pages; read++) {
      const found = await client.conversations.members({ channel, limit: page, ...(cursor && { cursor }) });
      members.push(...(found.members ?? []));
      cursor = found.response_metadata?.next_cursor;
      if (!cursor) break;
    }
    return new Set(members);
  }

  function membersOf(age: number): Promise<ReadonlySet<string>> {
    if (list && clock() - list.at < age) return list.members;
    const members = readMembers();
    list = { at: clock(), members };
    members.catch(() => {
      list = undefined;
    });
    return members;
  }

  async function ask(user: string): Promise<Consultant | undefined> {
    const isMember = (await membersOf(kept)).has(user) || (await membersOf(doubted)).has(user);
    if (!isMember) return undefined;
    const { user: found } = await client.users.info({ user });
    const { team_id: team, ...person } = profile.parse(found);
    const isGuest = person.is_restricted || person.is_ultra_restricted;
    if (team !== self.team || isGuest || person.is_stranger || person.is_bot || person.deleted) return undefined;
    const name = clean(person.profile?.display_name || person.real_name || person.name || user).trim();
    return { id: `slack:${user}`, name: name.slice(0, 80) || user };
  }

  return {
    async consultant(user) {
      const found = known.get(user);
      if (found) {
        const age = clock() - found.at;
        if (age < doubted || (age < kept && (await found.consultant) !== undefined)) return found.consultant;
      }
      const consultant = ask(user);
      known.set(user, { at: clock(), consultant });
      consultant.catch(() => known.delete(user));
      return consultant;
    },
  };
}
