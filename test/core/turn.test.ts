import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Effect } from '../../src/core/conversation/effect.ts';
import type { Event } from '../../src/core/conversation/event.ts';
import { askingOf, newState, type State } from '../../src/core/conversation/state.ts';
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

const consultants = [
  { id: 'U1', name: 'First' },
  { id: 'U2', name: 'Second' },
] as const;

function choiceIds(): fc.Arbitrary<string> {
  const entry = fc.constantFrom(...[...knowledge.entries.keys()].map((id) => `entry:${id}`), 'entry:gone');
  const option = fc.constantFrom(
    ...[...knowledge.questionnaires.values()].flatMap((questionnaire) =>
      questionnaire.steps.flatMap((step) =>
        step.options.map(({ id }) => `option:${questionnaire.id}:${step.id}:${id}`),
      ),
    ),
  );
  const control = fc.constantFrom(
    'menu',
    'consultant',
    'none',
    'back',
    'cancel',
    'restart',
    'resume',
    'edit',
    'edit:host',
    'edit:nothing',
    'withdraw',
    'language:en',
    'language:zh',
    'language:zh-hant',
    'forget',
    'forget:yes',
    'forget:no',
    'topic:icp',
    'topic:icp:6',
    'topic:none:99',
    'feedback:yes:icp-cost',
    'feedback:no:icp-cost',
    'feedback:no:gone',
    'questionnaire:icp-check',
    'questionnaire:gone',
    '',
    'nonsense',
  );
  return fc.oneof(entry, option, option, control);
}

function events(): fc.Arbitrary<(at: number) => Event> {
  const said = fc.oneof(
    fc.constantFrom(
      'how much does an ICP filing cost?',
      '备案要多少钱',
      '香港主機需要備案嗎',
      'hi',
      'asdf',
      '',
      '1',
      '2',
      '９',
      '0',
      '👍',
      '👎',
      'yes',
      'no',
      '返回',
      'back',
      'stop',
      'restart',
      'edit',
      'menu',
      '人工',
      'korea',
      'not sure',
      '中文',
      'english',
      'none of these',
      'x'.repeat(3000),
      'delete my data',
      '更多',
    ),
    fc.string({ maxLength: 40, unit: 'grapheme' }),
  );
  const one = fc.constantFrom(...consultants);
  return fc.oneof(
    {
      weight: 5,
      arbitrary: said.map(
        (text) =>
          (at: number): Event => ({ id: `e${at}`, at, type: 'said', text, matches: understand(index, text) }),
      ),
    },
    {
      weight: 5,
      arbitrary: fc.array(choiceIds(), { minLength: 1, maxLength: 2 }).map(
        (choices) =>
          (at: number): Event => ({ id: `e${at}`, at, type: 'chose', choices }),
      ),
    },
    fc.constantFrom('image', 'voice', 'sticker', 'link').map(
      (media) =>
        (at: number): Event => ({ id: `e${at}`, at, type: 'sent', media: media as 'image' }),
    ),
    fc.constantFrom<Event['type']>('arrived', 'failed').map(
      (type) =>
        (at: number): Event =>
          ({ id: `e${at}`, at, type }) as Event,
    ),
    fc.constant((at: number): Event => ({ id: `e${at}`, at, type: 'timer', name: 'pause' })),
    one.map(
      (consultant) =>
        (at: number): Event => ({ id: `e${at}`, at, type: 'claimed', consultant }),
    ),
    one.map(
      (consultant) =>
        (at: number): Event => ({ id: `e${at}`, at, type: 'consultant-said', consultant, text: 'hello' }),
    ),
    one.map(
      (consultant) =>
        (at: number): Event => ({ id: `e${at}`, at, type: 'released', consultant }),
    ),
    one.map(
      (consultant) =>
        (at: number): Event => ({ id: `e${at}`, at, type: 'resolved', consultant }),
    ),
  );
}

const fromVisitor = new Set(['said', 'chose', 'sent', 'arrived', 'failed']);

function saysOf(effects: readonly Effect[]) {
  return effects.flatMap((effect) => (effect.type === 'say' ? [effect.message] : []));
}

describe('any sequence of events', () => {
  it('never throws, keeps a valid state, and leaves no message of a visitor without a reply or a consultant', () => {
    fc.assert(
      fc.property(fc.array(events(), { maxLength: 25 }), (makers) => {
        let state: State = newState('en');
        makers.forEach((make, at) => {
          const event = make(at * 60_000);
          const before = state;
          const [next, effects] = turn(knowledge, state, event);
          state = JSON.parse(JSON.stringify(next));
          expect(state).toEqual(next);
          const said = saysOf(effects);
          // Only that everything is erased is said to a visitor whom a consultant has.
          const isHeld = before.activity.at === 'with-consultant' && !effects.some(({ type }) => type === 'forget');
          if (fromVisitor.has(event.type)) expect(isHeld ? said.length === 0 : said.length > 0).toBe(true);
          expect(effects.length).toBeLessThan(20);
          for (const message of said) {
            expect(message.text.trim()).not.toBe('');
            expect(message.text).not.toMatch(/\{\w+\}|undefined/);
            const ids = (message.choices ?? []).map(({ id }) => id);
            expect(new Set(ids).size).toBe(ids.length);
          }
          const asking = askingOf(state);
          expect(asking === undefined || knowledge.questionnaires.has(asking.questionnaire)).toBe(true);
          expect(state.misses).toBeLessThan(4);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is played the same way again', () => {
    fc.assert(
      fc.property(fc.array(events(), { maxLength: 12 }), (makers) => {
        const play = () => {
          let state: State = newState('zh');
          return makers.map((make, at) => {
            const [next, effects] = turn(knowledge, state, make(at));
            state = next;
            return effects;
          });
        };
        expect(play()).toEqual(play());
      }),
      { numRuns: 50 },
    );
  });
});

describe('a consultant', () => {
  const claim = (consultant: (typeof consultants)[number]): Event => ({ id: 'c', at: 1, type: 'claimed', consultant });
  const waiting = () => turn(knowledge, newState('en'), { id: 'e1', at: 0, type: 'chose', choices: ['consultant'] })[0];

  it('who claims second is told who was first, and the bot is silent from the claim on', () => {
    const [held] = turn(knowledge, waiting(), claim(consultants[0]));
    expect(turn(knowledge, held, claim(consultants[1]))[1]).toEqual([
      {
        type: 'desk',
        case: 'e1',
        item: { kind: 'refused', to: consultants[1], why: 'held', holder: consultants[0] },
      },
    ]);
    const [, silent] = turn(knowledge, held, {
      id: 'e2',
      at: 2,
      type: 'said',
      text: 'hi',
      matches: understand(index, 'hi'),
    });
    expect(silent.filter(({ type }) => type === 'say' || type === 'relay')).toEqual([]);
    expect(silent).toContainEqual({ type: 'desk', case: 'e1', item: { kind: 'visitor', text: 'hi' } });
  });

  it('alone speaks to the visitor, and nobody else can end the case', () => {
    const [held] = turn(knowledge, waiting(), claim(consultants[0]));
    const words = (consultant: (typeof consultants)[number]): Event => ({
      id: 'e3',
      at: 3,
      type: 'consultant-said',
      consultant,
      text: 'hello',
    });
    expect(turn(knowledge, held, words(consultants[1]))[1]).toEqual([
      { type: 'desk', case: 'e1', item: { kind: 'note', consultant: consultants[1], text: 'hello' } },
      {
        type: 'desk',
        case: 'e1',
        item: { kind: 'refused', to: consultants[1], why: 'not-held', holder: consultants[0] },
      },
    ]);
    expect(turn(knowledge, held, words(consultants[0]))[1]).toContainEqual({
      type: 'relay',
      consultant: consultants[0],
      message: { text: 'hello', language: 'en', refs: ['consultant'] },
    });
    expect(turn(knowledge, held, { id: 'e4', at: 4, type: 'resolved', consultant: consultants[1] })[0]).toEqual(held);
  });
});

describe('an answer', () => {
  const ask = (text: string, state = newState('en')) =>
    turn(knowledge, state, { id: 'e', at: 0, type: 'said', text, matches: understand(index, text) });

  it('ends with its kinds of source, the date of its facts and the disclaimer, in the language of the question', () => {
    const [english] = saysOf(ask('how much does an ICP filing cost?')[1]);
    const [chinese] = saysOf(ask('ICP备案要多少钱')[1]);
    expect(english?.source).toMatch(/^Source: .+ · checked 24 November 2026 · general information, not legal advice$/);
    expect(chinese?.source).toMatch(/^来源：.+ · 核对于2026年11月24日 · 一般信息，不构成法律意见$/);
  });

  it('is in traditional script for those who write it', () => {
    const [state, effects] = ask('備案要多少錢');
    const [message] = saysOf(effects);
    expect([state.script, message?.language]).toEqual(['traditional', 'zh-Hant']);
    expect(message?.text).toMatch(/備案/);
  });
});
