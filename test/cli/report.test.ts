import { expect, test } from 'vitest';
import { eventId } from '../../src/app/receive.ts';
import { redact } from '../../src/cli/redact.ts';
import { figures, type Question } from '../../src/cli/report/figures.ts';
import { reportText } from '../../src/cli/report/text.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { newState } from '../../src/core/conversation/state.ts';
import type { Case } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { folderOf } from '../knowledge/folder.ts';
import { wenda } from './wenda.ts';

const since = Date.UTC(2027, 0, 1);

function question(id: string, text: string, matched: boolean, ...refs: readonly string[]): Question {
  return { id, text, matched, refs };
}

function handoff(id: string, part: Partial<Case>): Case {
  return {
    id,
    conversation: 'web:a',
    status: 'waiting',
    reason: 'asked',
    question: '',
    facts: { language: 'en' },
    openedAt: since + 1,
    updatedAt: since + 1,
    consultant: null,
    paged: true,
    waitingSince: since + 1,
    snoozedUntil: null,
    helpful: null,
    ...part,
  };
}

const questions = [
  question('1', 'what does it cost', true, 'answer:icp-cost', 'answer:icp-renewal'),
  question('2', 'cost?', true, 'answer:icp-cost', 'miss.part'),
  question('3', 'icp', false, 'choose.ask'),
  question('4', '2', false, 'answer:icp-cost'),
  question('5', 'menu', false, 'menu'),
  question('6', 'my order  80012345', false, 'miss.first'),
  question('7', 'my order 80012399', false, 'miss.second'),
  question('8', 'write to a.b@example.com', false, 'handoff.opened'),
  question('9', 'a long story', false, 'huge'),
];

const cases = [
  handoff('8', { reason: 'misses', status: 'claimed' }),
  handoff('x', { openedAt: since - 1, question: 'call +49 (30) 1234-5678' }),
  handoff('y', { question: 'hello' }),
  handoff('z', { status: 'resolved' }),
];

const found = figures(
  questions,
  cases,
  [
    { entry: 'icp-cost', helpful: 2, unhelpful: 1 },
    { entry: 'cdn', helpful: 0, unhelpful: 1 },
  ],
  since,
);

test('questions are counted by what came of them; numbers and commands are no questions', () => {
  const { asked, answered, offered, missed } = found;
  expect({ asked, answered, offered, missed }).toEqual({
    asked: 7,
    answered: 2,
    offered: 1,
    missed: [
      { text: 'my order [number]', times: 2 },
      { text: 'write to [e-mail]', times: 1 },
      { text: 'a long story', times: 1 },
    ],
  });
});

test('cases of these days are counted by reason; who waits is listed whatever the day, longest first', () => {
  expect(found.handedOver).toEqual([
    { reason: 'asked', cases: 2 },
    { reason: 'misses', cases: 1 },
  ]);
  expect(found.waiting).toEqual([
    { since: '2026-12-31T23:59:59.999Z', reason: 'asked', question: 'call [number]' },
    { since: '2027-01-01T00:00:00.001Z', reason: 'asked', question: 'hello' },
  ]);
});

test('answers are counted by entry, with what visitors thought of them', () => {
  expect(found.entries).toEqual([
    { entry: 'icp-cost', answered: 2, helpful: 2, unhelpful: 1 },
    { entry: 'icp-renewal', answered: 1, helpful: 0, unhelpful: 0 },
    { entry: 'cdn', answered: 0, helpful: 0, unhelpful: 1 },
  ]);
});

test('the text says the same in plain words', () => {
  const lessons = {
    proposed: [
      { entry: 'icp-cost', language: 'en', text: 'budget?', times: 3, line: '- budget?' },
      { entry: 'cdn', language: 'zh', text: '加速呢', times: 1, line: '- 加速呢' },
      { entry: 'icp-cost', language: 'en', text: 'price: now', times: 1, line: '- "price: now"' },
    ],
    perhapsWrong: [{ entry: 'cdn', text: 'is it fast', times: 2 }],
  } as const;
  expect(reportText(7, found, lessons)).toBe(`The last 7 days

Questions asked      7
  answered           2
  choices offered    1
  missed             4
Handed over          3
  2 × asked for a consultant
  1 × the bot had no answer

Missed
  2 × my order [number]
  1 × write to [e-mail]
  1 × a long story

Answers
  icp-cost: 2 ×, helpful 2, not helpful 1
  icp-renewal: 1 ×
  cdn: 0 ×, helpful 0, not helpful 1

Questions to add, if you agree: visitors wrote them and picked this entry
  icp-cost, below questions: en:
    - budget? # 3 ×
    - "price: now" # 1 ×
  cdn, below questions: zh:
    - 加速呢 # 1 ×

Perhaps wrong: the answer did not help
  cdn: 2 × is it fast

Waiting for a consultant
  2026-12-31 23:59 UTC, asked for a consultant: call [number]
  2027-01-01 00:00 UTC, asked for a consultant: hello`);
});

test.each([
  ['mail Jo.Do+x@mail.example.com now', 'mail [e-mail] now'],
  ['我的邮箱是abc@example.com，电话13800138000', '我的邮箱是[e-mail]，电话[number]'],
  ['+49 (0)30 123 456', '[number]'],
  ['card 4111-1111-1111-1111', 'card [number]'],
  ['since 2014 we pay 3000 yuan for 12 sites', 'since 2014 we pay 3000 yuan for 12 sites'],
])('%s is shown as: %s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test('the command reads the store: what was asked, what the bot said to it, cases and feedback', async () => {
  const dataDir = folderOf({});
  const store = await openStore({ dataDir });
  const now = Date.now();
  const conversation = 'web:a';
  const happen = async (key: string, at: number, text: string, verdict: string, effects: readonly Effect[]) => {
    const matches = [{ verdict, entry: verdict === 'answer' ? 'icp-cost' : null, text }];
    const event = { id: eventId(key), at, type: 'said', text, matches };
    const state = newState('en');
    await store.transact({ key, conversation, at }, () => ({
      state,
      event,
      effects,
      line: { author: 'visitor', text },
    }));
    for (;;) {
      const [delivery] = await store.claim(now, 1, 1_000);
      if (!delivery) break;
      await store.settle(delivery, { as: 'sent' }, now);
    }
  };
  const say = (...refs: readonly string[]): Effect => ({ type: 'say', message: { text: 'x', language: 'en', refs } });
  const opened = {
    id: eventId('web:4'),
    reason: 'asked',
    question: 'a person please',
    facts: { language: 'en' },
  } as const;
  await happen('web:1', now - 10 * 86_400_000, 'long ago', 'none', [say('miss.first')]);
  await happen('web:2', now - 3, 'what does it cost', 'answer', [say('answer:icp-cost'), say('asking.resumed')]);
  await happen('web:3', now - 2, 'tea?', 'none', [
    say('miss.first'),
    { type: 'feedback', entry: 'icp-cost', helpful: false },
  ]);
  await happen('web:4', now - 1, 'consultant', 'none', [{ type: 'open-case', case: opened }, say('handoff.opened')]);
  await store.close();

  const { code, out, err } = await wenda(['report', '--days', '3', '--json'], { env: { DATA_DIR: dataDir } });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual({
    days: 3,
    asked: 2,
    answered: 1,
    offered: 0,
    missed: [{ text: 'tea?', times: 1 }],
    handedOver: [{ reason: 'asked', cases: 1 }],
    entries: [{ entry: 'icp-cost', answered: 1, helpful: 0, unhelpful: 1 }],
    waiting: [
      {
        since: new Date(now - 1).toISOString(),
        reason: 'asked',
        question: 'a person please',
      },
    ],
    proposed: [],
    perhapsWrong: [],
  });
  const text = await wenda(['report'], { env: { DATA_DIR: dataDir } });
  expect(text.out).toMatch(/^The last 7 days\n/);
});

test('wrong settings are told in full sentences, with exit code 1', async () => {
  const { code, out, err } = await wenda(['report'], { env: { DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' } });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(
    err
      .split('\n')
      .slice(0, 3)
      .map((line) => /^[^:]+:?/.exec(line)?.[0]),
  ).toEqual(['The settings need attention (environment or .env):', '  DATABASE_URL:', '  LOG_LEVEL:']);
});
