import { describe, expect, test } from 'vitest';
import type { AttachedFile } from '../../src/core/message.ts';
import { heard, match, picks, play, says, teahouse } from './teahouse.ts';

const house = teahouse();
const mei = { id: 'web:mei', name: 'Mei' };
const tom = { id: 'slack:U1', name: 'Tom' };
const plan: AttachedFile = { id: 'f1', name: 'plan.pdf', type: 'application/pdf', size: 9 };

/** A visitor who asked about tea waits for a person; Mei takes the case `e2`. */
const asked = [says('tea?', match('tea?', 'tea')), picks('consultant'), picks('skip'), picks('skip')] as const;
const held = [...asked, { type: 'claimed', consultant: mei }] as const;
const said = { type: 'consultant-said', consultant: mei } as const;
const resolved = { type: 'resolved', consultant: mei } as const;

/** What a consultant's words come to, after these happenings. */
const told = (...happenings: Parameters<typeof play>[1]) => play(house, [...held, ...happenings]).effects;
const desk = (item: object, id = 'e2') => ({ type: 'desk', case: id, item });

describe('a reply', () => {
  test('that is a file alone goes with its name as the words, for channels that carry no file', () => {
    expect(told({ ...said, text: '', file: plan })).toEqual([
      {
        type: 'relay',
        consultant: mei,
        message: { text: 'plan.pdf', language: 'en', refs: ['consultant'], file: plan },
      },
      desk({ kind: 'consultant', consultant: mei, text: '', file: plan }),
      { type: 'update-case', case: 'e2', change: { waitingSince: null } },
      { type: 'clear-timer', name: 'consultant' },
      { type: 'set-timer', name: 'visitor', at: 6 * 60_000 + 24 * 60 * 60_000 },
    ]);
  });

  test('of nothing but spaces and signs that nobody sees is none', () => {
    expect(told({ ...said, text: ' \u200e\n' })).toEqual([]);
  });

  test('is tagged with the language that it is written in', () => {
    const languages = ['Yes.', '可以的，没问题', '可以的，沒問題'].map((text) => told({ ...said, text })[0]);
    expect(languages).toMatchObject([
      { message: { language: 'en' } },
      { message: { language: 'zh-Hans' } },
      { message: { language: 'zh-Hant' } },
    ]);
  });

  test('that was meant for another case stays internal, there, and whoever wrote it is told', () => {
    expect(told({ ...said, text: 'Hello', case: 'e0', origin: 'm1' })).toEqual([
      desk({ kind: 'note', consultant: mei, text: 'Hello', origin: 'm1' }, 'e0'),
      desk({ kind: 'refused', to: mei, why: 'over', origin: 'm1' }, 'e0'),
    ]);
  });

  test('of somebody else stays internal, with its file', () => {
    expect(told({ ...said, consultant: tom, text: '', file: plan })).toEqual([
      desk({ kind: 'note', consultant: tom, text: '', file: plan }),
      desk({ kind: 'refused', to: tom, why: 'not-held', holder: mei }),
    ]);
  });

  test('after the end stays internal, and where there never was a case it is nothing', () => {
    expect(told(resolved, { ...said, text: 'Bye' })).toEqual([
      desk({ kind: 'note', consultant: mei, text: 'Bye' }),
      desk({ kind: 'refused', to: mei, why: 'over' }),
    ]);
    expect(play(house, [{ ...said, text: 'Bye' }]).effects).toEqual([]);
  });
});

test('an empty note is nothing, neither as such nor as two strokes where replies are', () => {
  expect(told({ type: 'noted', consultant: mei, text: ' ' })).toEqual([]);
  expect(told({ ...said, text: '//' })).toEqual([]);
});

describe('the desk', () => {
  test('refuses what was meant for a case that is not the open one', () => {
    expect(told({ ...resolved, case: 'e0' })).toEqual([desk({ kind: 'refused', to: mei, why: 'over' }, 'e0')]);
    expect(play(house, [{ type: 'claimed', consultant: mei }]).effects).toEqual([]);
  });

  test('lets somebody who answers on the platform itself take over where no case is open', () => {
    const takes = { type: 'claimed', consultant: tom, opens: true } as const;
    const { state, effects } = play(house, [says('tea?', match('tea?', 'tea')), takes]);
    expect(state.activity).toEqual({ at: 'with-consultant', case: 'e2', consultant: tom, since: 120_000 });
    expect(effects.map((effect) => (effect.type === 'desk' ? effect.item.kind : effect.type))).toEqual([
      'open-case',
      'update-case',
      'paged',
      'update-case',
      'claimed',
      'relay',
      'set-timer',
    ]);
    const refused = play(house, [...held, takes]);
    expect(refused.effects).toEqual([desk({ kind: 'refused', to: tom, why: 'held', holder: mei })]);
  });

  test('is not reminded of a case that was put off before the visitor had told everything', () => {
    const snoozed = { type: 'snoozed', consultant: tom, until: 60 * 60_000 } as const;
    const { state, effects } = play(house, [picks('consultant'), snoozed, { type: 'timer', name: 'page' }]);
    expect(state.activity).toMatchObject({ at: 'waiting', paged: true, snoozed: 60 * 60_000 });
    expect(effects.filter(({ type }) => type === 'set-timer')).toEqual([]);
    expect(effects).toContainEqual(desk({ kind: 'paged' }, 'e1'));
  });

  test('hears nothing of a claim by whoever has the case, or of a hand-over to themselves', () => {
    expect(told({ type: 'claimed', consultant: mei })).toEqual([]);
    expect(told({ type: 'transferred', consultant: mei, to: mei })).toEqual([]);
  });

  test('is shown the file of a visitor, and what kind of thing was sent', () => {
    expect(told({ type: 'sent', media: 'file', named: 'plan.pdf', file: plan })).toContainEqual(
      desk({ kind: 'visitor', text: '[file: plan.pdf]', file: plan }),
    );
  });
});

describe('a visitor who comes back to a closed case', () => {
  const question = { question: 'tea?', matched: [{ entry: 'tea', confidence: 0.9 }] };

  test('waits with the question of before, and whoever had the case is told', () => {
    const { state, effects } = play(house, [...held, resolved, picks('reopen:e2')]);
    expect(state).toMatchObject({ activity: { at: 'waiting', case: 'e2', paged: true, since: 420_000 }, ...question });
    expect(effects.slice(0, 3)).toEqual([
      {
        type: 'update-case',
        case: 'e2',
        change: {
          status: 'waiting',
          consultant: null,
          waitingSince: 420_000,
          facts: { language: 'en', matches: question.matched },
        },
      },
      desk({ kind: 'reopened' }),
      desk({ kind: 'visitor', text: 'choice.reopen' }),
    ]);
    expect(effects).toContainEqual(desk({ kind: 'alert', alert: 'returned', mention: [mei.id] }));
  });

  test('without ever having asked anything waits without a question', () => {
    const silent = [picks('consultant'), ...held.slice(2), resolved, picks('reopen:e1')];
    const { state } = play(house, silent);
    expect([state.activity.at, state.question, state.matched]).toEqual(['waiting', undefined, undefined]);
  });

  test('by a button of an older case comes back to the last one, or waits in the one that is open', () => {
    expect(play(house, [...held, resolved, picks('reopen:e0')]).state.activity).toMatchObject({
      at: 'waiting',
      case: 'e2',
    });
    expect(heard(play(house, [...asked, picks('reopen:e0')]))).toEqual(['handoff.already > withdraw']);
  });
});
