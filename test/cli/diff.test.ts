import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventId } from '../../src/app/receive.ts';
import { changes } from '../../src/cli/check/compare.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { newState } from '../../src/core/conversation/state.ts';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { withRevision } from '../../src/knowledge/revision.ts';
import { openStore } from '../../src/store/open.ts';
import { folderOf } from '../knowledge/folder.ts';
import { wenda } from './wenda.ts';

const tea = 'id: tea\nquestions: {en: [which teas do you have, is the tea fresh], zh: [有什么茶]}\n';
const bread = 'id: bread\nquestions: {en: [which bread do you bake, is the bread fresh], zh: [有什么面包]}\n';

function git(dir: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', dir, ...identity, ...args], { encoding: 'utf8' });
}

/** A repository whose folder `faq` had tea only, and now has bread and no longer the first question about tea. */
function repository(): string {
  const dir = folderOf({ 'faq/entries/tea.yaml': tea, 'other.txt': '' });
  git(dir, 'init', '--quiet');
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '-m', 'Tea');
  git(dir, 'tag', 'v1');
  writeFileSync(join(dir, 'faq/entries/bread.yaml'), bread.replace('有什么面包', '有什么面包, 收礼品卡吗'));
  writeFileSync(join(dir, 'faq/entries/tea.yaml'), tea.replace('is the tea fresh', 'how hot must it be'));
  return dir;
}

test('what changes for recorded questions since a revision, masked; the repository stays as it is', async () => {
  const dir = repository();
  const dataDir = folderOf({});
  await record(dataDir, [
    ['which teas do you have', 'answer:tea'],
    ['收礼品卡吗？13800138000', 'miss.first'],
    ['收礼品卡吗？13800138000', 'miss.first'],
    ['is the tea fresh', 'answer:tea'],
    ['2', 'answer:tea'],
  ]);
  const status = git(dir, 'status', '--porcelain');
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('wenda-revision-'));
  const options = { env: { DATA_DIR: dataDir } };
  const { code, out, err } = await wenda(['check', '--knowledge', join(dir, 'faq'), '--diff', 'v1', '--json'], options);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const found = JSON.parse(out);
  expect(found).toMatchObject({ revision: 'v1', recorded: 3 });
  expect(found.evaluation).toBeGreaterThan(1_000);
  const recorded = found.changes.filter(({ from }: { from: string }) => from.startsWith('asked'));
  expect(recorded[0]).toEqual({
    kind: 'newly answered',
    from: 'asked 2 ×',
    text: '收礼品卡吗？[number]',
    before: { verdict: 'none', entries: [] },
    after: { verdict: 'answer', entries: ['bread'] },
  });
  expect(recorded.map(({ text }: { text: string }) => text)).not.toContain('which teas do you have');
  expect(git(dir, 'status', '--porcelain')).toBe(status);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('wenda-revision-'))).toEqual(before);

  const text = await wenda(['check', '--knowledge', join(dir, 'faq'), '--diff', 'v1'], options);
  expect(text.out).toMatch(/^Compared with v1: 3 recorded and \d+ evaluation questions\n/);
  expect(text.out).toContain('\nNewly answered\n  asked 2 ×: "收礼品卡吗？[number]": refused -> bread\n');
});

test('what cannot be compared is told in a sentence', async () => {
  const dir = repository();
  writeFileSync(join(dir, 'tea.yaml'), tea);
  mkdirSync(join(dir, 'new'));
  const told = (folder: string, revision: string) =>
    withRevision(folder, revision, async () => 'compared').catch((error: Error) => `${error.name}: ${error.message}`);
  expect(await told(join(dir, 'faq'), 'v1')).toBe('compared');
  expect(await told(join(dir, 'faq'), '--all')).toMatch(/^RevisionError: there is no revision "--all" here\. Give /);
  expect(await told(join(dir, 'faq'), 'v2')).toBe(
    'RevisionError: there is no revision "v2" here. Give a commit, branch or tag; fetch it first if the clone is shallow.',
  );
  expect(await told(join(dir, 'new'), 'v1')).toBe(`RevisionError: there was no ${dir}/new at v1.`);
  const outside = folderOf({});
  expect(await told(outside, 'v1')).toBe(
    `RevisionError: ${outside} is not in a git repository: there is nothing to compare with.`,
  );
});

test('knowledge that cannot be read now or then is told with its place, exit code 1', async () => {
  const dir = repository();
  const faq = join(dir, 'faq');
  writeFileSync(join(faq, 'entries/tea.yaml'), 'id: tea\n');
  const now = await wenda(['check', '--knowledge', faq, '--diff', 'v1']);
  const problem = `${faq}/entries/tea.yaml:1: error: questions is missing; add it: a group of keys\n`;
  expect(now).toEqual({ code: 1, out: '', err: problem });
  git(dir, 'commit', '--quiet', '-am', 'Broken');
  writeFileSync(join(faq, 'entries/tea.yaml'), tea);
  const then = await wenda(['check', '--knowledge', faq, '--diff', 'HEAD']);
  expect(then).toEqual({ code: 1, out: '', err: `HEAD: ${problem}` });
});

test('kinds of change, and whether an evaluation question goes better or worse', () => {
  const indexOf = (...entries: readonly (readonly [string, ...string[]])[]) =>
    buildIndex(entries.map(([id, ...en]) => ({ id, questions: { en, zh: [] } })));
  const before = indexOf(['tea', 'is green tea fresh', 'old question'], ['bread', 'which bread do you bake', 'rye']);
  const after = indexOf(['tea', 'is green tea fresh', 'rye'], ['bread', 'which bread do you bake', 'sourdough']);
  const ask = (text: string, ...expected: readonly string[][]) => ({ text, shown: text, from: 'x:1', expected });
  const found = changes(before, after, [
    ask('rye', ['bread']),
    ask('rye', ['tea'], ['cake']),
    ask('sourdough', ['bread']),
    ask('sourdough'),
    ask('old question', ['tea']),
    ask('is green tea fresh', ['bread']),
    { text: 'rye', shown: 'masked', from: 'asked 1 ×' },
  ]);
  expect(found.map(({ kind, text, judgement }) => [kind, text, judgement])).toEqual([
    ['answered otherwise', 'rye', 'worse'],
    ['answered otherwise', 'rye', 'better'],
    ['newly answered', 'sourdough', 'better'],
    ['newly answered', 'sourdough', 'worse'],
    ['newly refused', 'old question', 'worse'],
    ['answered otherwise', 'masked', undefined],
  ]);
});

/** A store in which these questions were asked, with what the bot's replies were made of. */
async function record(dataDir: string, asked: readonly (readonly [string, string])[]): Promise<void> {
  const store = await openStore({ dataDir });
  const now = Date.now();
  const conversation = 'web:a';
  for (const [number, [text, ref]] of asked.entries()) {
    const key = `web:${number}`;
    const at = now - 100 + number;
    const verdict = ref.startsWith('answer') && text.length > 1 ? 'answer' : 'none';
    const event = { id: eventId(key), at, type: 'said', text, matches: [{ verdict, entry: null, text }] };
    const say: Effect = { type: 'say', message: { text: 'x', language: 'en', refs: [ref] } };
    await store.transact({ key, conversation, at }, () => ({
      state: newState('en'),
      event,
      effects: [say],
      line: { author: 'visitor', text },
    }));
    const [delivery] = await store.claim(now, 1, 1_000);
    if (delivery) await store.settle(delivery, { as: 'sent' }, now);
  }
  await store.close();
}
