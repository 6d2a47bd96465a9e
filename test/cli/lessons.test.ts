import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Core } from '../../src/app/core.ts';
import { happeningsSince } from '../../src/cli/report/happenings.ts';
import { type Lessons, lessons } from '../../src/cli/report/lessons.ts';
import type { MatchableEntry } from '../../src/core/matching/build-index.ts';
import { loadQuestions } from '../../src/knowledge/questions.ts';
import type { Incoming, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { type Bot, shippedCore, startBot } from '../faults/bot.ts';

/** Short texts about the subject: of some of them the matcher is not sure. */
const vague = [
  'licence',
  'fees',
  'website',
  'domain',
  'registration',
  'hosting',
  'hong kong',
  'company',
  'wechat',
  'server',
  'documents',
  'fine',
  'speed',
  'ads',
  'payment',
];

let core: Core;
let entries: readonly MatchableEntry[];
/** A text that makes the bot ask which entry is meant, and the first two that it offers. */
let unsure: { text: string; first: string; second: string };
beforeAll(async () => {
  core = await shippedCore();
  ({ entries } = await loadQuestions('knowledge'));
  const told = new Set(entries.filter(({ status }) => status !== 'meta').map(({ id }) => id));
  const found = vague.flatMap((word) =>
    ['%', 'our %', '% question', '% please tell me', 'the % thing'].flatMap((frame) => {
      const text = frame.replace('%', word);
      const matches = core.understand(text, {});
      const [first, second] = matches[0]?.candidates ?? [];
      const fits = matches.length === 1 && matches[0]?.verdict === 'choose' && first && second;
      return fits && told.has(first.entry) && told.has(second.entry)
        ? [{ text, first: first.entry, second: second.entry }]
        : [];
    }),
  )[0];
  if (!found) throw new Error('the matcher is sure of every text: add vaguer ones');
  unsure = found;
});

describe('What visitors taught', () => {
  let store: Store;
  let bot: Bot;
  let number: number;
  beforeEach(async () => {
    number = 0;
    store = await openStore({ dataDir: ':memory:' });
    bot = await startBot({ store, core });
  });
  afterEach(async () => {
    await bot.stop();
    await store.close();
  });

  const happen = async (conversation: string, body: Incoming['body']) => {
    number += 1;
    await bot.receive({ key: `${conversation}:${number}`, conversation, at: Date.now(), body });
    await bot.idle();
  };
  const say = (text: string, conversation = 'test:a') => happen(conversation, { kind: 'text', text });
  const pick = (id: string, conversation = 'test:a') => happen(conversation, { kind: 'choice', ids: [id] });
  const taught = async (known = entries): Promise<Lessons> => lessons(await happeningsSince(store, 0, 1_000), known);
  const pairs = (all: Lessons['proposed'] | Lessons['perhapsWrong']) =>
    all.map(({ entry, text, times }) => [entry, text, times]);

  test('a pick after "which do you mean" proposes the text that led to it as a question, with the line to paste', async () => {
    await say(unsure.text);
    await pick(`entry:${unsure.second}`);
    const { proposed, perhapsWrong } = await taught();
    expect(proposed).toEqual([
      { entry: unsure.second, language: 'en', text: unsure.text, times: 1, line: `- ${unsure.text}` },
    ]);
    expect(perhapsWrong).toEqual([]);
  });

  test('a number, the label and a click are the same pick; equal texts are counted together', async () => {
    await say(unsure.text, 'test:a');
    await say('1', 'test:a');
    await say(unsure.text.toUpperCase(), 'test:b');
    const label = (await store.transcript('test:b', 0, 10)).flatMap(({ message }) => message?.choices ?? [])[0]?.label;
    await say(label ?? '', 'test:b');
    await say(`${unsure.text}?`, 'test:c');
    await pick(`entry:${unsure.first}`, 'test:c');
    expect(pairs((await taught()).proposed)).toEqual([[unsure.first, unsure.text, 3]]);
  });

  test('nothing is learnt from "none of these", from another question, or from a click on something else', async () => {
    await say(unsure.text, 'test:a');
    await pick('none', 'test:a');
    await say(unsure.text, 'test:b');
    await say('How much does an ICP filing cost?', 'test:b');
    await pick(`entry:${unsure.first}`, 'test:b');
    await say(unsure.text, 'test:c');
    await pick('entry:gone', 'test:c');
    expect((await taught()).proposed).toEqual([]);
  });

  test('what is a question of the entry already, or of an entry that is gone, is not proposed', async () => {
    await say(unsure.text);
    await pick(`entry:${unsure.first}`);
    const extended = entries.map((entry) =>
      entry.id === unsure.first
        ? { ...entry, questions: { ...entry.questions, en: [...entry.questions.en, `${unsure.text.toUpperCase()}!`] } }
        : entry,
    );
    expect((await taught(extended)).proposed).toEqual([]);
    expect((await taught(entries.filter(({ id }) => id !== unsure.first))).proposed).toEqual([]);
    expect((await taught()).proposed).toHaveLength(1);
  });

  test('an answer that did not help lists its question as perhaps wrong: by button, and in words', async () => {
    await say('How much does an ICP filing cost?', 'test:a');
    await pick('feedback:no:icp-cost', 'test:a');
    await say('how much does an ICP filing cost', 'test:b');
    await say('👎', 'test:b');
    await say('How much does an ICP filing cost?', 'test:c');
    await pick('feedback:yes:icp-cost', 'test:c');
    const { perhapsWrong, proposed } = await taught();
    expect(pairs(perhapsWrong)).toEqual([['icp-cost', 'How much does an ICP filing cost?', 2]]);
    expect(proposed).toEqual([]);
  });

  test('a pick whose answer did not help is perhaps wrong, and not proposed', async () => {
    await say(unsure.text);
    await pick(`entry:${unsure.first}`);
    await pick(`feedback:no:${unsure.first}`);
    const { perhapsWrong, proposed } = await taught();
    expect(pairs(perhapsWrong)).toEqual([[unsure.first, unsure.text, 1]]);
    expect(proposed).toEqual([]);
  });

  test('whoever asked to be forgotten taught nothing', async () => {
    await say(unsure.text);
    await pick(`entry:${unsure.first}`);
    await pick('forget:yes');
    expect(await taught()).toEqual({ proposed: [], perhapsWrong: [] });
  });
});

describe('A proposal', () => {
  const of = (text: string) => {
    const asked = [{ id: 'entry:a', label: 'A' }];
    const match = { verdict: 'choose', entry: null, text };
    return lessons(
      [
        {
          conversation: 'x',
          event: { type: 'said', id: '1', text, matches: [match] },
          replies: { refs: ['choose.ask'], asked },
        },
        { conversation: 'x', event: { type: 'chose', id: '2', choices: ['entry:a'] }, replies: { refs: ['answer:a'] } },
      ],
      [{ id: 'a', questions: { en: ['something else'], zh: [] } }],
    ).proposed;
  };

  test.each(['what: is it?', '- x # y', '"quoted" text', "it's", '备案：要不要？', 'yes', '[a]', '@me %'])(
    'is a line that YAML reads back as it was: %s',
    (text) => {
      const [proposal] = of(text);
      expect(parse(`questions:\n  en:\n    ${proposal?.line} # 2 ×\n`)).toEqual({ questions: { en: [text] } });
    },
  );

  test('is masked, on one line, and in its language', () => {
    expect(of('call me at +49 30 1234567\n about the fee')[0]?.text).toBe('call me at [number] about the fee');
    expect(of('a long text '.repeat(30))[0]?.line).not.toContain('\n');
    expect(of('备案呢')[0]?.language).toBe('zh');
    expect(of('???')).toEqual([]);
  });
});
