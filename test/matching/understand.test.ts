import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { understand } from '../../src/core/matching/understand.ts';
import { faq } from './faq.ts';

const index = buildIndex(faq);

function answers(text: string): readonly (string | null)[] {
  return understand(index, text).map(({ entry }) => entry);
}

test('one question is one match, the whole text', () => {
  expect(understand(index, 'is the card free?').map(({ text, entry }) => [text, entry])).toEqual([
    ['is the card free?', 'card'],
  ]);
});

test('two questions are answered in the order in which they were asked', () => {
  expect(answers('Is the card free? And can I print in colour?')).toEqual(['card', 'printing']);
  expect(answers('借书证多少钱？周日开门吗？')).toEqual(['card', 'opening']);
});

test('the same question asked twice is answered once', () => {
  expect(answers('Is the card free? What does a card cost?')).toEqual(['card']);
});

test('at most three questions of a message are taken', () => {
  expect(answers('Free wifi? Is the card free? Is there a printer? Are you open on Sunday?')).toEqual([
    'wifi',
    'card',
    'printing',
  ]);
});

test('the question is found in a letter; greeting, story, signature and quoted mail are not', () => {
  const letter = `Dear all,

we moved to the town last month and my two children love to read in the evening.
Can I keep a book longer?

Kind regards
J. D.
> when are you open?`;
  expect(answers(letter)).toEqual(['renew']);
});

test('greetings and thanks around a question need no answer of their own and do not drown it', () => {
  const polite = buildIndex([
    ...faq,
    { id: 'greeting', status: 'meta', questions: { en: ['hello', 'good morning'], zh: ['你好', '您好'] } },
    { id: 'thanks', status: 'meta', questions: { en: ['thanks', 'thank you very much'], zh: ['谢谢', '谢谢你'] } },
  ]);
  const meant = (text: string) =>
    understand(polite, text).map(({ entry, candidates }) => entry ?? candidates[0]?.entry);
  expect(meant('thanks')).toEqual(['thanks']);
  expect(meant('Hello! Thanks!')).toEqual(['thanks']);
  expect(meant('谢谢，借书证多少钱')).toEqual(['card']);
  expect(meant('thanks, is the card free')).toEqual(['card']);
  expect(meant('Hello, my son would like a card of his own? Thanks!')).toEqual(['card']);
  expect(meant('您好，请问小孩也能办证吗？谢谢')).toEqual(['card']);
});

test('any text gives one to three matches', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string(), (text, topic) => {
      const count = understand(index, text, { topic }).length;
      expect(count >= 1 && count <= 3).toBe(true);
    }),
  );
});
