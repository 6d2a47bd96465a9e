import { describe, expect, test } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import { heard, match, picks, play, says, teahouse } from './teahouse.ts';

const house = teahouse();
const topics = 'questionnaire:order topic:other consultant';

/** What is said, as text. */
const texts = ({ effects }: ReturnType<typeof play>) =>
  effects.flatMap((effect) => (effect.type === 'say' ? [effect.message.text] : []));

describe('an answer', () => {
  test('that is written in one language only is given in that one, with a word on it', () => {
    const answered = play(house, [picks('entry:cake')], newState('zh'));
    expect(heard(answered)).toEqual(['answer.other-language + answer:cake > consultant']);
    expect(texts(answered)).toEqual(['answer.other-language\n\nPlum cake.']);
  });

  test('that is not written at all is called missing, by the title or question that there is', () => {
    const knowledge = teahouse({ entries: [{ id: 'milk', questions: { en: ['Which milk?'] } }] });
    const told = (language: 'en' | 'zh') => texts(play(knowledge, [picks('entry:milk')], newState(language)));
    expect([told('en'), told('zh')]).toEqual([['answer.missing Which milk?'], ['answer.missing Which milk?']]);
  });

  test('offers the entries that it is related to, and leaves out one that is gone', () => {
    const scone = { id: 'scone', questions: { en: ['Scones?'] }, answer: { en: 'Yes.' }, related: ['gone', 'cake'] };
    expect(heard(play(teahouse({ entries: [scone] }), [picks('entry:scone')]))).toEqual([
      'answer:scone > entry:cake consultant',
    ]);
  });

  test('that only a person can complete comes with a case', () => {
    const asked = play(house, [says('a party?', match('a party?', 'party'))]);
    expect(heard(asked)).toEqual(['answer:party >', 'details.intro + details.contact > skip withdraw']);
    expect(asked.state.activity).toEqual({ at: 'waiting', case: 'e1', since: 60_000, wanted: 'contact' });
  });
});

describe('a message that asks several things', () => {
  const tea = match('tea?', 'tea');
  const cake = match('cake?', 'cake');

  test('is answered in one message, each answer below its title, none twice', () => {
    const answered = play(house, [says('tea? cake?', tea, cake, match('which teas?', 'tea'))]);
    expect(texts(answered)).toEqual(['**Which teas?**\n\nBlack.\n\n**Which cakes?**\n\nPlum cake.']);
  });

  test('is answered where it can be, and the part that is not known is called so', () => {
    const answered = play(house, [says('tea? and *rain*?', tea, match('and *rain*?'))]);
    expect(heard(answered)).toEqual(['answer:tea > consultant', 'miss.part >']);
    expect(texts(answered)[1]).toBe('miss.part and \\*rain\\*?');
  });

  test('is answered first, then its unclear part is asked about', () => {
    const answered = play(house, [says('tea? *sweets*?', tea, match('*sweets*?', 'cake', 'party', 'gone'))]);
    expect(heard(answered)).toEqual([
      'answer:tea > consultant',
      'choose.part + choose.ask > entry:cake entry:party none consultant',
    ]);
    expect(texts(answered)[1]).toContain('choose.part \\*sweets\\*?');
    expect(answered.state.activity).toEqual({ at: 'choosing', options: ['cake', 'party'], until: 660_000 });
  });

  test('is answered alone in a questionnaire and while a case waits, where its unclear part would be in the way', () => {
    const asks = says('tea? sweets?', tea, match('sweets?', 'cake', 'party'));
    expect(heard(play(house, [picks('questionnaire:order'), asks]))).toEqual([
      'answer:tea >',
      'ask:order/size > option:order:size:small option:order:size:large cancel',
    ]);
    expect(heard(play(house, [picks('consultant'), picks('skip'), picks('skip'), asks]))).toEqual(['answer:tea >']);
  });

  test('has an answer first, then what another part asks the bot to do', () => {
    expect(heard(play(house, [says('tea? forget me', tea, match('forget me', 'forget'))]))).toEqual([
      'answer:tea > consultant',
      'answer:forget + forget.ask > forget:yes forget:no',
    ]);
  });

  test('of which the knowledge has nothing any more is a miss', () => {
    expect(heard(play(house, [says('gone?', match('gone?', 'gone'))]))).toEqual([`miss.first > ${topics}`]);
    expect(heard(play(house, [says('gone?', match('gone?', 'gone', 'lost'))]))).toEqual([`miss.first > ${topics}`]);
  });
});

describe('two entries that may be meant', () => {
  const unsure = says('sweets?', match('sweets?', 'cake', 'tea'));
  const one = says('sweets?', match('sweets?', 'cake', 'gone'));

  test('are refused in words as by the choice, and then the ways on are shown', () => {
    const ways = 'miss.none > questionnaire:order consultant';
    for (const refusal of [says('en-none'), says('en-no'), picks('none')]) {
      expect(heard(play(house, [unsure, refusal]))).toEqual([ways]);
    }
    expect(heard(play(teahouse({ order: 'none' }), [unsure, picks('none')]))).toEqual(['miss.none > consultant']);
  });

  test('of which none is meant lead back to the question of a questionnaire, where there is one', () => {
    const going = [picks('questionnaire:order'), unsure, picks('none')];
    expect(heard(play(house, going))).toEqual([
      'asking.stuck + ask:order/size > option:order:size:small option:order:size:large cancel consultant',
    ]);
  });

  test('cannot both be meant by a yes, but one alone can', () => {
    expect(heard(play(house, [one, says('en-yes')]))).toEqual(['answer:cake > consultant']);
    expect(heard(play(house, [unsure, says('en-yes')]))).toEqual([`miss.first > ${topics}`]);
  });
});
