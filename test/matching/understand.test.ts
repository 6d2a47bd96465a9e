import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { match } from '../../src/core/matching/match.ts';
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

test('a question that is unclear by itself is read as going on from the one before it', () => {
  const titled = buildIndex([
    ...faq.map((entry) => ({ ...entry, title: { en: `Library ${entry.id}` } })),
    {
      id: 'deposit',
      title: { en: 'Deposit for a card' },
      questions: {
        en: [
          'must I leave a deposit for the library card',
          'when is the deposit for a card paid back',
          'deposit for readers',
        ],
        zh: ['办借书证要押金吗', '押金什么时候退', '押金多少'],
      },
    },
  ]);
  const meant = (text: string) => understand(titled, text).map(({ verdict, entry }) => entry ?? verdict);
  expect(meant('How do I get a library card and must I leave something as a deposit?')).toEqual(['card', 'deposit']);
});

test('of two sentences that ask, the one that is unclear is not dropped', () => {
  const [first, second] = understand(index, 'Is the card free? And a printer for colour photographs?');
  expect(first).toMatchObject({ verdict: 'answer', entry: 'card' });
  expect([second?.verdict, second?.candidates[0]?.entry]).toEqual(['choose', 'printing']);
});

test('what "also" sets apart is answered, though it does not ask', () => {
  expect(answers('free wifi. Also, price of printing a page')).toEqual(['wifi', 'printing']);
  expect(answers('Is the card free? Also, the wifi password')).toEqual(['card', 'wifi']);
});

test('sentences that ask without a question mark are told apart', () => {
  expect(answers('借书证多少钱，对了，周日开门不')).toEqual(['card', 'opening']);
  expect(answers('周日开门不？办证免费不')).toEqual(['opening', 'card']);
});

test('of several questions one is read with what is told right before it', () => {
  expect(answers('Can I extend it? Is the card free?')).not.toContain('renew');
  expect(answers('I borrowed books. Can I extend it? Is the card free?')).toEqual(['renew', 'card']);
});

test('an answer is always the first of the candidates', () => {
  const titled = buildIndex(
    faq.map((entry) => ({ ...entry, topic: 'library', title: { en: entry.id, zh: entry.id } })),
  );
  const texts = faq.flatMap(({ questions: { en, zh } }) => [...en, ...zh]);
  const asked = fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      asked,
      fc.constantFrom('? ', ', and ', '，还有'),
      fc.constantFrom('card', 'wifi'),
      (parts, joint, topic) => {
        for (const { entry, candidates } of understand(titled, parts.join(joint), { topic }))
          if (entry !== null) expect(candidates[0]?.entry).toBe(entry);
      },
    ),
  );
});

test('in an unclear letter the choices are taken from the question and from the whole in turn', () => {
  const letter = `Dear librarians,

we moved here in spring. The book that my mother borrowed is longer than she thought, and she would like to keep it a
little longer. A book, she says, is a friend.

Where can one print something?

A reader`;
  const [found] = understand(index, letter);
  expect([found?.verdict, found?.text]).toEqual(['choose', 'Where can one print something?']);
  expect(found?.candidates.slice(0, 2).map(({ entry }) => entry)).toEqual(['printing', 'renew']);
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

test('a wish is granted that a clause says clearly and the whole message nearly', () => {
  const person = {
    id: 'person',
    status: 'meta',
    action: 'handoff',
    questions: { en: ['I want to talk to a person', 'can somebody call me', 'a human please'], zh: ['转人工', '找人'] },
  };
  const withPerson = buildIndex([...faq, person]);
  const text = 'my street is long, I want to talk to a person';
  expect(match(withPerson, text).verdict).toBe('choose');
  expect(understand(withPerson, text).map(({ entry }) => entry)).toEqual(['person']);
  const [refused] = understand(withPerson, "I don't want to talk to a person");
  expect(match(withPerson, refused?.text ?? '').entry).toBe('person');
  expect([refused?.verdict, refused?.entry]).toEqual(['choose', null]);
});

test('a clear question in a message that says nothing of it as a whole is asked about', () => {
  const [found, ...others] = understand(index, 'We sell scanners, can we send you our list, or is the card free?');
  expect(others).toEqual([]);
  expect([found?.verdict, found?.candidates[0]?.entry]).toEqual(['choose', 'card']);
});

test('a second question that is unclear is asked about beside the answer to the first', () => {
  const [first, second, ...others] = understand(index, 'Is the card free, and how can one print photographs?');
  expect(others).toEqual([]);
  expect([first?.verdict, first?.entry]).toEqual(['answer', 'card']);
  expect([second?.verdict, second?.candidates[0]?.entry]).toEqual(['choose', 'printing']);
});

test('any text gives one to three matches', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string(), (text, topic) => {
      const count = understand(index, text, { topic }).length;
      expect(count >= 1 && count <= 3).toBe(true);
    }),
  );
});
