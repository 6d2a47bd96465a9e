import { expect, test } from 'vitest';
import { halfOf } from '../../eval/question.ts';
import { parseQuestions } from '../../eval/read-questions.ts';

const entries = new Set(['icp-cost', 'icp-timeline', 'icp-renewal']);
const header = 'category\tlanguage\texpected\ttext';

function parse(...lines: readonly string[]) {
  return parseQuestions([{ file: 'set.tsv', content: [header, ...lines, ''].join('\n') }], entries);
}

test('reads entries, alternatives, two questions, out of scope and line breaks', () => {
  const questions = parse(
    'short\ten\ticp-cost\tprice?',
    'two\tzh\ticp-cost|icp-renewal+icp-timeline\t多少钱？多久？',
    'out-of-scope\tmixed\t-\tHi,\\nvisa 怎么办',
  );
  expect(questions.map(({ expected, text }) => ({ expected, text }))).toEqual([
    { expected: [['icp-cost']], text: 'price?' },
    { expected: [['icp-cost', 'icp-renewal'], ['icp-timeline']], text: '多少钱？多久？' },
    { expected: [], text: 'Hi,\nvisa 怎么办' },
  ]);
});

test('names every wrong line with its file and what is wrong', () => {
  const wrong = () =>
    parse(
      'short\ten\ticp-cost',
      'shout\ten\ticp-cost\tone',
      'short\tfr\ticp-cost\ttwo',
      'short\ten\ticp-price\tthree',
      'short\ten\t-\tfour',
      'short\ten\ticp-cost\t ',
      'short\ten\ticp-cost\tsame',
      'short\ten\ticp-cost\tsame',
    );
  expect(wrong).toThrow(/set\.tsv:2: 3 columns instead of 4/);
  expect(wrong).toThrow(/set\.tsv:3: unknown category "shout"/);
  expect(wrong).toThrow(/set\.tsv:4: unknown language "fr"/);
  expect(wrong).toThrow(/set\.tsv:5: no entry "icp-price"/);
  expect(wrong).toThrow(/set\.tsv:6: category out-of-scope and expected "-" go together/);
  expect(wrong).toThrow(/set\.tsv:7: the text is empty/);
  expect(wrong).toThrow(/set\.tsv:9: the same text as set\.tsv:8/);
});

test('a file without the first line, and the same text in another file, are errors', () => {
  const files = [
    { file: 'a.tsv', content: `${header}\nshort\ten\ticp-cost\tprice` },
    { file: 'b.tsv', content: 'short\ten\ticp-cost\tcost\nshort\ten\ticp-cost\tprice' },
  ];
  expect(() => parseQuestions(files, entries)).toThrow(/b\.tsv:1: the first line must be/);
  expect(() => parseQuestions(files, entries)).toThrow(/b\.tsv:2: the same text as a\.tsv:2/);
});

test('a text stays in its half, and the halves are about equal', () => {
  expect(halfOf('how much is it?')).toBe(halfOf('how much is it?'));
  const dev = Array.from({ length: 1_000 }, (_, at) => halfOf(`question ${at}`)).filter((half) => half === 'dev');
  expect(dev.length).toBeGreaterThan(450);
  expect(dev.length).toBeLessThan(550);
});
