import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsOf, openCaseOf } from '../../src/core/conversation/case.ts';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import type { CaseChange, Effect } from '../../src/core/conversation/effect.ts';
import type { Event } from '../../src/core/conversation/event.ts';
import { newState, type State } from '../../src/core/conversation/state.ts';
import { turn } from '../../src/core/conversation/turn.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import type { MatchIndex } from '../../src/core/matching/build-index.ts';
import { understand } from '../../src/core/matching/understand.ts';
import { shipped } from './knowledge.ts';

let knowledge: Knowledge;
let index: MatchIndex;
beforeAll(async () => {
  ({ knowledge, index } = await shipped());
});

const someone = { id: 'slack:U1', name: 'Tom' };
const people = [someone, { id: 'slack:U2', name: 'Ann' }, { id: 'web:mei', name: 'Mei' }];
const timers = ['page', 'unclaimed', 'on-duty', 'opening', 'snooze', 'consultant', 'visitor', 'pause'];
const minute = 60_000;

/** Makes an event of the state, its number and its time. */
type Make = (before: State, number: number, at: number) => Event;

const words = ['0', 'how much does an ICP filing cost?', '备案要多久', 'asdf', 'skip', 'shop-example.com', 'thank you'];
const picks = [
  'consultant',
  'skip',
  'withdraw',
  'menu',
  'forget:yes',
  'reopen',
  'rate',
  'close',
  'keep',
  'questionnaire',
];

/** A choice that is about a case means the one that is open or was closed last. */
function choiceOf(pick: string, state: State): string {
  const id = openCaseOf(state) ?? state.closed?.case ?? 'none';
  if (pick === 'rate') return `rate:${id}:yes`;
  if (pick === 'questionnaire') return 'questionnaire:icp-check';
  return ['reopen', 'close', 'keep'].includes(pick) ? `${pick}:${id}` : pick;
}

const holderOf = ({ activity }: State) => (activity.at === 'with-consultant' ? activity.consultant : undefined);

/** One of three; more often than not whoever has the case. */
const person = fc.constantFrom(...people, undefined, undefined, undefined);

/** Words of consultants carry a mark with their number, so that they are found wherever they come out. */
const mark = (number: number) => `mark${number}end`;

const visitor: fc.Arbitrary<Make> = fc.oneof(
  fc.constantFrom(...words).map(
    (text): Make =>
      (before, number, at) => ({
        id: `e${number}`,
        at,
        reachable: true,
        type: 'said',
        text: text === 'asdf' ? `asdf ${number}` : text,
        matches: understand(index, text, before.topic === undefined ? {} : { topic: before.topic }),
      }),
  ),
  fc.constantFrom(...picks).map(
    (pick): Make =>
      (before, number, at) => ({ id: `e${number}`, at, type: 'chose', choices: [choiceOf(pick, before)] }),
  ),
  fc.constantFrom<Make>(
    (_, number, at) => ({ id: `e${number}`, at, type: 'sent', media: 'file', named: 'papers.pdf' }),
    (_, number, at) => ({ id: `e${number}`, at, type: 'edited', text: 'better' }),
    (_, number, at) => ({ id: `e${number}`, at, type: 'failed' }),
    (_, number, at) => ({ id: `e${number}`, at, type: 'arrived', name: 'Amy' }),
  ),
);

const desk: fc.Arbitrary<Make> = fc
  .tuple(person, fc.constantFrom(...people), fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 12 }))
  .map(
    ([who, to, back, does]): Make =>
      (before, number, at) => {
        const consultant = who ?? holderOf(before) ?? someone;
        const common = { id: `e${number}`, at, consultant };
        const origin = `o${number}`;
        const earlier = `o${number - back}`;
        const all: readonly Event[] = [
          { ...common, type: 'claimed' },
          { ...common, type: 'claimed' },
          { ...common, type: 'consultant-said', text: mark(number), origin },
          { ...common, type: 'consultant-said', text: mark(number), origin },
          { ...common, type: 'consultant-said', text: `// ${mark(number)}`, origin },
          { ...common, type: 'consultant-said', text: `许可证 ${mark(number)}`, origin },
          { ...common, type: 'noted', text: mark(number), origin },
          { ...common, type: 'consultant-edited', origin: earlier, text: mark(number) },
          { ...common, type: 'consultant-edited', origin: earlier, text: `//${mark(number)}` },
          { ...common, type: 'released' },
          { ...common, type: 'resolved' },
          { ...common, type: 'transferred', to },
          { ...common, type: 'snoozed', until: at + back * minute },
        ];
        return all[does] ?? { ...common, type: 'claimed' };
      },
  );

const time: fc.Arbitrary<Make> = fc.constantFrom(...timers).map(
  (name): Make =>
    (_, number, at) => ({ id: `e${number}`, at, type: 'timer', name }),
);

const story = fc.array(
  fc.tuple(
    fc.oneof({ weight: 5, arbitrary: visitor }, { weight: 7, arbitrary: desk }, { weight: 1, arbitrary: time }),
    fc.constantFrom(1, 5, 30, 600),
  ),
  { maxLength: 40, size: 'max' },
);

interface Step {
  readonly before: State;
  readonly event: Event;
  readonly after: State;
  readonly effects: readonly Effect[];
}

/** Plays a story from Monday 4 January 2027, 17:00 in Beijing. */
function play(makers: readonly (readonly [Make, number])[], check: (step: Step) => void): void {
  let state: State = newState('en');
  let at = Date.UTC(2027, 0, 4, 9);
  // A visitor who already waits makes more of a story.
  const first: Make = (_, number, now) => ({ id: `e${number}`, at: now, type: 'chose', choices: ['consultant'] });
  for (const [number, [make, minutes]] of [[first, 0] as const, ...makers].entries()) {
    at += minutes * minute;
    const before = state;
    const event = make(before, number, at);
    const [after, effects] = turn(knowledge, before, event);
    state = JSON.parse(JSON.stringify(after));
    check({ before, event, after: state, effects });
  }
}

function items(effects: readonly Effect[]): readonly DeskItem[] {
  return effects.flatMap((effect) => (effect.type === 'desk' ? [effect.item] : []));
}

/** Everything that may reach the visitor. */
function toVisitor(effects: readonly Effect[]): string {
  return effects
    .flatMap((effect) => {
      if (effect.type === 'say' || effect.type === 'relay') return [JSON.stringify(effect.message)];
      return effect.type === 'amend' ? [JSON.stringify([effect.message, effect.notice])] : [];
    })
    .join('\n');
}

describe('whatever visitors and consultants do', () => {
  it('nothing internal ever reaches the visitor', () => {
    let leaked = 0;
    let relayed = 0;
    fc.assert(
      fc.property(story, (makers) => {
        const internal = new Set<number>();
        const replies = new Set<string>();
        let number = -1;
        play(makers, ({ before, event, effects }) => {
          number += 1;
          const told = toVisitor(effects);
          const isHolder = 'consultant' in event && holderOf(before)?.id === event.consultant.id;
          if (event.type === 'noted') internal.add(number);
          if (event.type === 'consultant-said') {
            if (!isHolder || event.text.startsWith('//')) internal.add(number);
            else if (told.includes(mark(number))) replies.add(event.origin ?? '');
          }
          if (event.type === 'consultant-edited' && (event.text?.startsWith('//') || !replies.has(event.origin))) {
            internal.add(number);
          }
          for (const one of internal) if (told.includes(mark(one))) leaked += 1;
          if (replies.size > 0) relayed += 1;
          expect(leaked).toBe(0);
        });
      }),
      { numRuns: 400 },
    );
    expect(relayed).toBeGreaterThan(500);
  });

  it('the bot is silent from the claim to the end, one person has the case, and only they are heard', () => {
    fc.assert(
      fc.property(story, (makers) => {
        play(makers, ({ before, event, after, effects }) => {
          const [was, is] = [holderOf(before), holderOf(after)];
          const said = effects.filter(({ type }) => type === 'say');
          if (was && is) expect(said).toEqual([]);
          if (was && !is && event.type !== 'released') {
            expect(said.length).toBe(effects.some(({ type }) => type === 'forget') ? 1 : 0);
          }
          for (const effect of effects) {
            if (effect.type === 'relay') expect([was?.id, is?.id]).toContain(effect.consultant.id);
          }
          if (was && event.type === 'claimed' && event.consultant.id !== was.id) {
            expect(is).toEqual(was);
            expect(items(effects)).toEqual([{ kind: 'refused', to: event.consultant, why: 'held', holder: was }]);
          }
          if (was && is && was.id !== is.id) expect(event.type).toBe('transferred');
          if (!was && is) expect([event.type, is]).toEqual(['claimed', 'consultant' in event && event.consultant]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('the stored case agrees with the state, is shown to the desk once, and keeps no timer that is not its own', () => {
    fc.assert(
      fc.property(story, (makers) => {
        const cases = new Map<string, CaseChange>();
        const set = new Set<string>();
        let shown: string[] = [];
        play(makers, ({ event, after, effects }) => {
          if (event.type === 'timer') set.delete(event.name);
          for (const effect of effects) {
            if (effect.type === 'open-case') {
              expect(cases.has(effect.case.id)).toBe(false);
              cases.set(effect.case.id, { status: 'waiting', facts: effect.case.facts });
            }
            if (effect.type === 'update-case') {
              expect(cases.has(effect.case)).toBe(true);
              cases.set(effect.case, { ...cases.get(effect.case), ...effect.change });
            }
            if (effect.type === 'forget') {
              for (const all of [cases, set]) all.clear();
              shown = [];
            }
            if (effect.type === 'set-timer') set.add(effect.name);
            if (effect.type === 'clear-timer') set.delete(effect.name);
            if (effect.type === 'desk' && effect.item.kind === 'paged') shown.push(effect.case);
          }
          expect(new Set(shown).size).toBe(shown.length);
          const open = openCaseOf(after);
          const { activity } = after;
          const waiting = ['page', 'unclaimed', 'on-duty', 'opening', 'snooze', 'pause'];
          const held = ['consultant', 'visitor', 'snooze'];
          const allowed = activity.at === 'waiting' ? waiting : activity.at === 'with-consultant' ? held : ['pause'];
          expect([...set].filter((name) => !allowed.includes(name))).toEqual([]);
          for (const [id, stored] of cases) {
            if (id !== open) expect(['resolved', 'withdrawn']).toContain(stored.status);
          }
          const stored = open === undefined ? undefined : cases.get(open);
          if (!stored || (activity.at !== 'waiting' && activity.at !== 'with-consultant')) return;
          const { topic: _, ...facts } = factsOf(after);
          expect(stored).toMatchObject({
            status: activity.at === 'waiting' ? 'waiting' : 'claimed',
            waitingSince: activity.since ?? null,
            facts,
          });
          expect(stored.consultant ?? null).toEqual(holderOf(after) ?? null);
          expect(stored.paged ?? false).toBe(activity.at === 'with-consultant' || (activity.paged ?? false));
          expect(stored.snoozedUntil ?? null).toBe(activity.snoozed ?? null);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('the journal holds every word of the visitor, and all that the bot says while the case waits', () => {
    fc.assert(
      fc.property(story, (makers) => {
        play(makers, ({ before, event, after, effects }) => {
          const open = openCaseOf(before) ?? openCaseOf(after);
          const erased = effects.some(({ type }) => type === 'forget');
          const written = items(effects).flatMap((item) => (item.kind === 'visitor' ? [item.text] : []));
          const opened = effects.find(({ type }) => type === 'open-case');
          const question = opened?.type === 'open-case' ? opened.case.question : undefined;
          if (event.type === 'said') {
            expect(written).toEqual(open && !erased && event.text !== question ? [event.text] : []);
          }
          for (const effect of effects) {
            // A text of an earlier case may be changed.
            if (effect.type !== 'desk' || erased || event.type === 'consultant-edited') continue;
            expect(effect.case).toBe(open ?? before.closed?.case);
          }
          if (openCaseOf(after) === undefined || erased) return;
          const told = items(effects).flatMap((item) => (item.kind === 'bot' ? [item.text] : []));
          const from = openCaseOf(before) ? 0 : effects.findIndex(({ type }) => type === 'open-case');
          const said = effects
            .slice(Math.max(0, from))
            .flatMap((effect) => (effect.type === 'say' ? [effect.message] : []))
            .filter(({ refs }) => refs.join() !== 'handoff.added');
          expect(told).toEqual(said.map(({ text }) => text));
        });
      }),
      { numRuns: 300 },
    );
  });
});
