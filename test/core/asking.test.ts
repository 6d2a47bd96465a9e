import { describe, expect, test } from 'vitest';
import { decide, route } from '../../src/core/conversation/route.ts';
import { newState } from '../../src/core/conversation/state.ts';
import { questionnaireSchema } from '../../src/core/knowledge/questionnaire.ts';
import { heard, match, picks, play, says, teahouse } from './teahouse.ts';

const house = teahouse();
const without = teahouse({ order: 'none' });
const begin = picks('questionnaire:order');
const small = picks('option:order:size:small');
const first = 'ask:order/size > option:order:size:small option:order:size:large cancel';
const second = 'ask:order/milk > option:order:milk:yes option:order:milk:no back cancel';
const result = 'result:served + result.answers > consultant edit restart';

describe('in a questionnaire', () => {
  test('a number that stands for nothing, and a word to go on, lead to the same question again', () => {
    expect(heard(play(house, [begin, says('9')]))).toEqual([`pick.unclear + ${first}`]);
    expect(heard(play(house, [begin, picks('resume')]))).toEqual([first]);
    expect(heard(play(house, [begin, small, says('en-resume')]))).toEqual([second]);
  });

  test('symbols alone are asked about, and the question comes again; outside of it the topics are shown', () => {
    expect(heard(play(house, [begin, says('?!')]))).toEqual([`empty + ${first}`]);
    expect(heard(play(house, [begin, says('👍')]))).toEqual([`empty + ${first}`]);
    expect(heard(play(house, [says('🎉')]))).toEqual(['empty > questionnaire:order topic:other consultant']);
  });

  test('an option can be written, also where the file lists no other words for it', () => {
    const { state, effects } = play(house, [begin, says('the large one please')]);
    expect(heard({ effects })).toEqual([second]);
    expect(state.activity).toEqual({ at: 'asking', asking: { questionnaire: 'order', answers: { size: ['large'] } } });
  });

  test('who goes back from changing an answer is where they were', () => {
    const { state, effects } = play(house, [begin, small, picks('edit:size'), picks('back')]);
    expect(heard({ effects })).toEqual([second]);
    expect(state.activity).toEqual({ at: 'asking', asking: { questionnaire: 'order', answers: { size: ['small'] } } });
  });

  test('the end can be reached while a case waits, and then no other consultant is offered', () => {
    const waiting = [picks('consultant'), picks('skip'), picks('skip')];
    expect(heard(play(house, [...waiting, begin, small, picks('option:order:milk:no')]))).toEqual([
      'result:served + result.answers > edit restart',
    ]);
  });

  test('a way to the end shows the result again, and its answers can be changed', () => {
    const done = [begin, small, picks('option:order:milk:yes')];
    expect(heard(play(house, done))).toEqual([result]);
    expect(heard(play(house, [...done, picks('resume')]))).toEqual([result]);
    const { effects } = play(house, [...done, picks('edit')]);
    expect(effects).toMatchObject([
      {
        type: 'say',
        message: {
          choices: [
            { id: 'edit:size', label: 'choice.edit-step Pot Small' },
            { id: 'edit:milk', label: 'choice.edit-step Milk With' },
            { id: 'resume', label: 'choice.keep-answers', quiet: true },
          ],
        },
      },
    ]);
  });

  test('a result says why only where a reason is given, and links to the entries that there are', () => {
    const results = [
      { id: 'served', title: { en: 'A', zh: 'B' }, text: { en: 'A', zh: 'B' }, entries: ['gone', 'tea'] },
    ];
    const reasons = { hurry: { en: 'You are in a hurry.', zh: '您赶时间。' } };
    const decide = [
      { when: { milk: ['no'] }, result: 'served', reason: 'hurry' },
      { when: { size: ['large'] }, result: 'served', reason: 'gone' },
      { result: 'served' },
    ];
    const knowledge = teahouse({ order: { results, reasons, decide } });
    const end = (size: string, milk: string) =>
      heard(play(knowledge, [begin, picks(`option:order:size:${size}`), picks(`option:order:milk:${milk}`)]));
    const links = 'result.answers > entry:tea consultant edit restart';
    expect(end('small', 'no')).toEqual([`result:served + reason:hurry + ${links}`]);
    expect(end('small', 'yes')).toEqual([`result:served + ${links}`]);
    expect(end('large', 'yes')).toEqual([`result:served + ${links}`]);
  });
});

describe('knowledge without questionnaires', () => {
  const nothing = ['asking.nothing >'];

  test('has nothing to begin, to go on with, to change or to leave', () => {
    for (const word of ['en-restart', 'en-resume', 'en-edit', 'en-back', 'en-cancel']) {
      expect(heard(play(without, [says(word)])), word).toEqual(nothing);
    }
    expect(heard(play(without, [begin]))).toEqual(['pick.stale >', 'menu > topic:other consultant']);
  });

  test.each([
    ['a choice', picks('option:order:size:small')],
    ['words', says('large')],
    ['a way back', says('en-back')],
    ['a list of answers', says('en-edit')],
    ['a change', picks('edit:size')],
  ])('ends one that a visitor had begun before: %s', (_, happening) => {
    const { state } = play(house, [begin]);
    expect(heard(play(without, [happening], state))).toEqual(nothing);
  });

  test('answers a question all the same, and the questionnaire is over', () => {
    const { state } = play(house, [begin]);
    const answered = play(without, [says('tea?', match('tea?', 'tea'))], state);
    expect(heard(answered)).toEqual(['answer:tea >', ...nothing]);
    expect(answered.state.activity).toEqual({ at: 'idle' });
  });

  test('offers no way on to one that was left', () => {
    const { state } = play(house, [begin, small, says('en-cancel')]);
    expect(heard(play(house, [picks('menu')], state))).toEqual([
      'menu > resume questionnaire:order topic:other consultant',
    ]);
    expect(heard(play(without, [picks('menu')], state))).toEqual(['menu > topic:other consultant']);
  });
});

describe('a questionnaire that nobody has checked', () => {
  const read = (change: object) => {
    const [order] = teahouse({ order: change }).questionnaires.values();
    return questionnaireSchema.parse(order);
  };
  const [size] = read({}).steps;

  test('throws where a step is missing or comes twice, rather than asking for ever', () => {
    expect(() => route(read({ start: 'gone' }), {})).toThrow('questionnaire order: no way on at step gone');
    const circle = read({ steps: [{ ...size, next: [{ go: 'size' }] }] });
    expect(() => route(circle, { size: ['small'] })).toThrow('questionnaire order: no way on at step size');
  });

  test('ends where no rule fits, and throws where no result does', () => {
    const open = read({ steps: [{ ...size, next: [{ when: { size: ['large'] }, go: 'size' }] }] });
    expect(route(open, { size: ['small'] })).toEqual({
      path: open.steps,
      walked: { size: ['small'] },
      next: undefined,
    });
    const undecided = read({ decide: [{ when: { size: ['large'] }, result: 'served' }] });
    const answers = { size: ['small'], milk: ['no'] };
    expect(() => decide(undecided, answers)).toThrow('questionnaire order: no result fits');
    const gone = read({ decide: [{ result: 'gone' }] });
    expect(() => decide(gone, answers)).toThrow('questionnaire order: no result fits');
  });
});

test('more shows the next entries of a topic until its last ones are shown', () => {
  const entries = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, questions: { en: [`${id}?`] } }));
  const knowledge = teahouse({ entries });
  const list = [picks('topic:other'), says('en-more')];
  expect(heard(play(knowledge, list))).toEqual(['menu.topic > entry:d entry:e menu']);
  expect(heard(play(knowledge, [...list, says('en-more')]))).toEqual([
    'miss.first > questionnaire:order topic:other consultant',
  ]);
});

test('to cancel leaves the questionnaire first, and then the case that waits', () => {
  const waiting = [picks('consultant'), picks('skip'), picks('skip'), begin];
  const left = play(house, [...waiting, says('en-cancel')]);
  expect(heard(left)).toEqual(['asking.cancelled > resume menu']);
  expect(left.state.activity).toMatchObject({ at: 'waiting', case: 'e1' });
  const withdrawn = play(house, [...waiting, says('en-cancel'), says('en-cancel')]);
  expect(heard(withdrawn)).toEqual(['handoff.withdrawn >']);
  expect(withdrawn.state.activity).toEqual({ at: 'idle' });
});

test('the answers so far are none before the first is given', () => {
  expect(heard(play(house, [begin, says('en-edit')]))).toEqual(['asking.nothing >']);
});

test('a pick that is empty, and more of a list that is at its end, are read as what they are', () => {
  expect(heard(play(house, [picks()]))).toEqual(['pick.stale >', 'menu > questionnaire:order topic:other consultant']);
  expect(heard(play(house, [says('en-more')]))).toEqual(['miss.first > questionnaire:order topic:other consultant']);
});

test('a list of entries is named by its topic, or by its id where the phrases have no name', () => {
  const chinese = newState('zh');
  const knowledge = teahouse({ entries: [{ id: 'rain', topic: 'weather', questions: { zh: ['会下雨吗？'] } }] });
  const told = (topic: string) => play(knowledge, [picks(`topic:${topic}`)], chinese).effects;
  expect(told('weather')).toMatchObject([
    { message: { text: 'menu.topic weather', choices: [{ id: 'entry:rain', label: '会下雨吗？' }, { id: 'menu' }] } },
  ]);
  expect(told('other')).toMatchObject([{ message: { text: 'menu.topic Other' } }]);
});
