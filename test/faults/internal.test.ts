import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import { type Delivery, type JournalItem, SendError, type Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { shipped } from './bot.ts';
import { asksForPerson, lo, mei, type Scene, startScene } from './scene.ts';

let store: Store;
let scene: Scene;
/** What the platform does with the next messages to visitors. */
let platform: readonly ('takes' | 'later' | 'refuses' | 'uncertain')[] = [];

async function send({ conversation }: Delivery): Promise<void> {
  if (!conversation.startsWith('test:')) return;
  const [next = 'takes', ...rest] = platform;
  platform = rest;
  if (next === 'later') throw new SendError('retry', 'busy', { retryAfter: 3_600_000 });
  if (next === 'refuses') throw new SendError('refused', 'closed');
  if (next === 'uncertain') throw new SendError('uncertain', 'no answer');
}

beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:', desk: 'lane' });
  scene = await startScene({ store, ...(await shipped()), send });
});
afterAll(async () => {
  await scene.stop();
  await store.close();
});

const people = { mei, lo };
const person = fc.constantFrom('mei' as const, 'lo' as const);
const step = fc.oneof(
  fc.record({ do: fc.constant('visitor' as const), words: fc.constantFrom('hello', 'how long does it take?', '0') }),
  fc.record({ do: fc.constantFrom('claim' as const, 'release' as const, 'resolve' as const), who: person }),
  fc.record({ do: fc.constantFrom('transfer' as const, 'note' as const, 'thought' as const), who: person }),
  fc.record({ do: fc.constant('say' as const), who: person }),
  fc.record({ do: fc.constantFrom('edit' as const, 'hide' as const, 'unsay' as const), who: person, pick: fc.nat(5) }),
  fc.record({ do: fc.constant('idle' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

let runs = 0;

/** Plays a story. What must stay internal has the word "secret" in it. */
async function play(visitor: string, steps: readonly Step[]): Promise<void> {
  const origins: string[] = [];
  const write = (who: typeof mei, does: 'say' | 'note', text: string) => {
    const origin = `lane:${origins.length}`;
    origins.push(origin);
    return scene.act(visitor, who, { does, text, origin });
  };
  for (const one of steps) {
    const who = 'who' in one ? people[one.who] : mei;
    switch (one.do) {
      case 'visitor':
        await scene.says(visitor, one.words);
        break;
      case 'idle':
        await scene.idle();
        break;
      case 'claim':
      case 'release':
      case 'resolve':
        await scene.act(visitor, who, { does: one.do });
        break;
      case 'transfer':
        await scene.act(visitor, who, { does: 'transfer', to: who === mei ? lo : mei });
        break;
      case 'note':
        await write(who, 'note', 'secret');
        break;
      case 'thought':
        await write(who, 'say', '//secret thought');
        break;
      case 'say': {
        const mine = await store.findCases({ show: 'mine', consultant: who.id, limit: 1_000 });
        const holds = mine.some(({ conversation }) => conversation === `test:${visitor}`);
        await write(who, 'say', holds ? 'for you' : 'secret chatter');
        break;
      }
      case 'edit':
      case 'hide':
      case 'unsay': {
        const origin = origins[one.pick % Math.max(origins.length, 1)] ?? 'lane:none';
        const text = { edit: await changed(visitor, origin), hide: '// secret now', unsay: undefined }[one.do];
        await scene.act(visitor, who, { does: 'edit', origin, ...(text !== undefined && { text }) });
      }
    }
  }
}

/** Another text for an earlier one: internal when that one was. */
async function changed(visitor: string, origin: string): Promise<string> {
  const journal = await store.journal(`test:${visitor}`, 0, 1_000);
  const said = journal.find(({ item }) => item.kind === 'consultant' && item.origin === origin);
  return said ? 'for you now' : 'secret still';
}

const beforehand: readonly DeskItem['kind'][] = ['visitor', 'visitor-edited', 'bot', 'note'];

/** What a desk that is a channel is told of a journal: from the call on, with what had been said before it. */
function lane(journal: readonly JournalItem[]): readonly DeskItem[] {
  const items = journal.map(({ item }) => item);
  const called = items.findIndex(({ kind }) => kind === 'paged');
  if (called === -1) return [];
  const [paged, ...after] = items.slice(called);
  const before = items.slice(0, called).filter(({ kind }) => beforehand.includes(kind));
  return [...(paged ? [paged] : []), ...before, ...after];
}

it('nothing internal reaches a visitor, and the desk is told everything in order, whatever happens', {
  timeout: 120_000,
}, async () => {
  const outcome = fc.constantFrom(
    'takes' as const,
    'takes' as const,
    'later' as const,
    'refuses' as const,
    'uncertain' as const,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.array(outcome, { maxLength: 8 }),
      async (steps, outcomes) => {
        runs += 1;
        const visitor = `visitor-${runs}`;
        platform = outcomes;
        await scene.says(visitor, asksForPerson);
        await play(visitor, steps);
        await scene.idle();
        const conversation = `test:${visitor}`;
        const lines = await store.deskLines(conversation, 1_000);
        const toVisitor = [scene.heard(visitor), lines.filter(({ author }) => author !== 'visitor')];
        expect(JSON.stringify(toVisitor)).not.toContain('secret');
        const told = scene.sent.flatMap(({ desk }) => (desk?.conversation === conversation ? [desk.item] : []));
        const journal = await store.journal(conversation, 0, 1_000);
        const ids = [...new Set(journal.map(({ case: id }) => id))];
        expect(told).toEqual(ids.flatMap((id) => lane(journal.filter((entry) => entry.case === id))));
      },
    ),
    { numRuns: 150 },
  );
});
