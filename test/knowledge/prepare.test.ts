import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { match } from '../../src/core/matching/match.ts';
import { prepareKnowledge } from '../../src/knowledge/prepare.ts';
import { folderOf, phraseFiles } from './folder.ts';

const now = Date.UTC(2026, 10, 24);

const subjects = ['tea', 'bread', 'shoes', 'lamps', 'paint', 'soap', 'bricks', 'seeds', 'cheese', 'gloves'];
const askers = [
  'I',
  'we',
  'you',
  'they',
  'people',
  'children',
  'guests',
  'neighbours',
  'students',
  'tourists',
  'pilots',
];
const verbs = ['buy', 'sell', 'borrow', 'return', 'repair', 'paint', 'order', 'find', 'send', 'wash'];

/** Knowledge of so many questions that it is worth keeping. */
const shop = {
  ...phraseFiles,
  'questionnaires/.keep': '',
  ...Object.fromEntries(subjects.map((subject) => [`entries/${subject}.yaml`, entry(subject)])),
};

function entry(subject: string, more: object = {}) {
  const en = askers.flatMap((asker) => verbs.map((verb) => `can ${asker} ${verb} ${subject} here`));
  return { id: subject, questions: { en, zh: [] }, answer: { en: `All about ${subject}.`, zh: '好。' }, ...more };
}

async function prepared(dir: string, file: string, time = now) {
  const result = await prepareKnowledge(dir, time, file);
  if (!result.knowledge) throw new Error(JSON.stringify(result.problems));
  return result;
}

function kept(dir: string): string {
  return join(dir, 'cache/knowledge');
}

test('what was kept is what was made, and it is taken as long as nothing changes', async () => {
  const dir = folderOf(shop);
  const made = await prepared(dir, kept(dir));
  const { ino } = statSync(kept(dir));
  const again = await prepared(dir, kept(dir));
  expect(statSync(kept(dir)).ino).toBe(ino);
  expect(again.knowledge).toEqual(made.knowledge);
  expect(again.index).toEqual(made.index);
  expect(again.problems).toEqual(made.problems);
  expect(match(again.index, 'where do I wash my gloves?')).toEqual(match(made.index, 'where do I wash my gloves?'));
  expect(readdirSync(join(dir, 'cache'))).toEqual(['knowledge']);
});

test('a changed entry counts at the next start, and so does a file that was not there', async () => {
  const dir = folderOf(shop);
  await prepared(dir, kept(dir));
  writeFileSync(
    join(dir, 'entries/tea.yaml'),
    JSON.stringify(entry('tea', { answer: { en: 'Sold out.', zh: '没了。' } })),
  );
  expect((await prepared(dir, kept(dir))).knowledge.entries.get('tea')?.answer.en).toBe('Sold out.');
  writeFileSync(join(dir, 'lexicon.yaml'), 'concepts: {drink: {en: [tea, beverage], zh: [饮料]}}\n');
  const { knowledge, index } = await prepared(dir, kept(dir));
  expect(Object.keys(knowledge.concepts)).toEqual(['drink']);
  expect(match(index, '饮料').candidates[0]?.entry).toBe('tea');
});

test.each<[string, (file: string) => void]>([
  ['empty', (file) => truncateSync(file, 0)],
  ['cut off', (file) => truncateSync(file, 5_000)],
  ['of something else', (file) => writeFileSync(file, 'no such thing')],
  [
    'damaged in one byte',
    (file) => {
      const bytes = readFileSync(file);
      const middle = bytes.length >> 1;
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
      writeFileSync(file, bytes);
    },
  ],
])('a file that is %s is not used, and made anew', async (_, damage) => {
  const dir = folderOf(shop);
  const made = await prepared(dir, kept(dir));
  const whole = readFileSync(kept(dir));
  damage(kept(dir));
  expect((await prepared(dir, kept(dir))).index).toEqual(made.index);
  expect(readFileSync(kept(dir)).equals(whole)).toBe(true);
});

test('reviews that are due are told when their day has come, kept or not', async () => {
  const dir = folderOf({ ...shop, 'entries/tea.yaml': entry('tea', { as_of: '2026-11-01', review_by: '2026-12-31' }) });
  const due = async (time: number) =>
    (await prepared(dir, kept(dir), time)).problems.filter(({ message }) => message.includes('to be reviewed')).length;
  expect(await due(now)).toBe(0);
  expect(await due(Date.UTC(2027, 0, 4))).toBe(1);
  expect(await due(now)).toBe(0);
  expect((await prepareKnowledge(dir, Date.UTC(2027, 5, 4), kept(dir))).knowledge).toBeUndefined();
});

test('faulty and small knowledge is not kept', async () => {
  const faulty = folderOf({ ...shop, 'entries/tea.yaml': 'id: tea\n' });
  expect((await prepareKnowledge(faulty, now, kept(faulty))).problems).not.toEqual([]);
  expect(existsSync(kept(faulty))).toBe(false);
  const small = folderOf({ ...phraseFiles, 'questionnaires/.keep': '', 'entries/tea.yaml': entry('tea') });
  await prepared(small, kept(small));
  expect(existsSync(kept(small))).toBe(false);
});

test('without the right to write it works all the same', async () => {
  const dir = folderOf({ ...shop, cache: 'a file, not a folder' });
  expect((await prepared(dir, kept(dir))).knowledge.entries.size).toBe(subjects.length);
});
