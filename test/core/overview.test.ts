import { expect, test } from 'vitest';
import { overview } from '../../src/core/conversation/overview.ts';
import { newState } from '../../src/core/conversation/state.ts';
import { picks, play, teahouse } from './teahouse.ts';

const house = teahouse();

test('an overview greets, and offers what can be asked about', () => {
  expect(overview(house, newState('en'))).toEqual({
    text: 'greeting',
    language: 'en',
    refs: ['greeting'],
    choices: [
      { id: 'questionnaire:order', label: 'choice.questionnaire' },
      { id: 'topic:other', label: 'Other' },
      { id: 'consultant', label: 'choice.consultant' },
    ],
  });
});

test('an overview offers to go on with the questionnaire under way, without touching it', () => {
  const { state } = play(house, [picks('questionnaire:order')]);
  const before = structuredClone(state);
  expect(overview(house, state).choices).toContainEqual({ id: 'resume', label: 'choice.resume' });
  expect(state).toEqual(before);
});

test('an overview is in traditional script for those who write it', () => {
  const { en, zh } = house.phrases;
  const phrases = { en, zh: { ...zh, say: { ...zh.say, greeting: '您好，这里是客服。' } } };
  const { text, language } = overview(teahouse({ phrases }), newState('zh', 'traditional'));
  expect([text, language]).toEqual(['您好，這裡是客服。', 'zh-Hant']);
});
