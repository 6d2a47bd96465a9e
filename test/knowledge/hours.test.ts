import { expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { folderOf, phraseFiles, problemsOf } from './folder.ts';

const entry = { 'entries/tea.yaml': { id: 'tea', questions: { en: ['what tea?'] }, answer: { en: 'Black.' } } };
const files = { ...phraseFiles, ...entry };

/** What is wrong with `hours.yaml` or `replies.yaml`. */
async function wrong(name: string, content: unknown): Promise<readonly string[]> {
  return (await problemsOf({ ...files, [name]: content })).filter((line) => line.startsWith(name));
}

test('hours are read in minutes and milliseconds, days that are missing are closed', async () => {
  const text = `timezone: Europe/Berlin
zone: {en: Berlin time, zh: 柏林时间}
week:
  sat-sun: [10:00 - 12:00]
  mon: [13:00-24:00, 9:00–12:30]
closed: [{date: 2027-01-01, name: New Year}]
open: [{date: 2027-02-20, hours: [9:00-18:00]}]
patience: {unclaimed: 5m, visitor: 2d}
on_duty: [U0123ABCD]
`;
  const { knowledge } = await loadKnowledge(folderOf({ ...files, 'hours.yaml': text }), Date.UTC(2027, 0, 4));
  const weekend = [{ from: 600, to: 720 }];
  const monday = [
    { from: 540, to: 750 },
    { from: 780, to: 1_440 },
  ];
  expect(knowledge?.hours).toEqual({
    timezone: 'Europe/Berlin',
    zone: { en: 'Berlin time', zh: '柏林时间' },
    weekly: [weekend, monday, [], [], [], [], weekend],
    dated: [
      { date: '2027-01-01', spans: [], name: 'New Year' },
      { date: '2027-02-20', spans: [{ from: 540, to: 1_080 }] },
    ],
    patience: { unclaimed: 300_000, consultant: 1_200_000, visitor: 172_800_000 },
    onDuty: ['U0123ABCD'],
  });
});

test('knowledge without hours and replies is whole', async () => {
  const { knowledge } = await loadKnowledge(folderOf(files), Date.UTC(2027, 0, 4));
  expect([knowledge?.hours, knowledge?.replies]).toEqual([undefined, undefined]);
});

test('everything wrong with the hours is told, with its line', async () => {
  const text = `timezone: China
zone: {en: Beijing time}
week:
  mon-fri: [12:00-9:00, 9:00-10:00, 9:30-11:00, 9:75-12:00, 23:00-25:00]
  wed: [9:00-12:00]
  holiday: [9:00-12:00]
  sat: [morning]
closed: [{date: 2027-02-30}, {date: 2027-01-01}]
open: [{date: 2027-01-01, hours: [9:00-12:00]}, {date: 2027-01-02, hours: []}]
patience: {unclaimed: soon}
on_duty: [mei]
`;
  const told = await wrong('hours.yaml', text);
  expect(told.map((line) => line.replace(/^hours.yaml:/, '').replace(/: error: /, ' '))).toEqual([
    expect.stringMatching(/^1 timezone is wrong; use a name of the IANA list/),
    expect.stringMatching(/^2 zone.zh is missing/),
    expect.stringMatching(/^6 week.holiday/),
    expect.stringMatching(/^7 week.sat\[1\] is not written as expected; write a time from and a time to: 9:00-12:00/),
    expect.stringMatching(/^9 open\[2\].hours has too few items/),
    expect.stringMatching(/^10 patience.unclaimed is not written as expected; write a number of minutes/),
    expect.stringMatching(/^11 on_duty\[1\] is not written as expected; write a Slack member id/),
  ]);
});

test('times that make no sense, days and dates that stand twice', async () => {
  const text = `timezone: Asia/Shanghai
zone: {en: Beijing time, zh: 北京时间}
week:
  mon-fri: [12:00-9:00, 9:00-10:00, 9:30-11:00, 11:75-12:00, 23:00-25:00]
  wed: [9:00-12:00]
closed:
  - {date: 2027-02-30}
  - {date: 2027-01-01}
open:
  - {date: 2027-01-01, hours: [9:00-12:00, 11:00-13:00]}
`;
  const told = await wrong('hours.yaml', text);
  expect(told.map((line) => line.replace(/^hours.yaml:/, '').replace(/: error: /, ' '))).toEqual([
    '4 week.mon-fri[1] is wrong; end after the beginning; split a night at 24:00 over two days',
    '4 week.mon-fri[3] is wrong; let no two times of a day overlap',
    '4 week.mon-fri[4] is wrong; use times from 0:00 to 24:00',
    '4 week.mon-fri[5] is wrong; use times from 0:00 to 24:00',
    '5 week.wed is wrong; wed also stands in mon-fri',
    '7 closed[1].date is wrong; use a day that the calendar has',
    '10 open[1].hours[2] is wrong; let no two times of a day overlap',
    '10 open[1].date is wrong; keep 2027-01-01 once, in closed or in open',
  ]);
});

test('the calendar knows leap years', async () => {
  const hours = (...dates: readonly string[]) => ({
    timezone: 'Asia/Shanghai',
    zone: { en: 'Beijing time', zh: '北京时间' },
    week: {},
    closed: dates.map((date) => ({ date })),
  });
  const real = ['2028-02-29', '2000-02-29', '2027-02-28', '2027-12-31'];
  expect(await wrong('hours.yaml', hours(...real))).toEqual([]);
  const none = ['2027-02-29', '2100-02-29', '2027-04-31', '2027-13-01', '2027-00-10', '2027-06-00'];
  const told = await wrong('hours.yaml', hours(...none));
  expect(told.map((line) => line.replace(/^.*: error: /, ''))).toEqual(
    none.map((_, at) => `closed[${at + 1}].date is wrong; use a day that the calendar has`),
  );
});

test('saved replies need both languages, ids of their own, and plain allowed words', async () => {
  const reply = { id: 'hello', title: { en: 'Hello', zh: '您好' }, text: { en: 'Hello.', zh: '您好。' } };
  expect(await wrong('replies.yaml', [reply])).toEqual([]);
  const told = await wrong('replies.yaml', [
    reply,
    reply,
    { ...reply, id: 'vow', text: { en: 'We guarantee it.', zh: '好。' } },
  ]);
  expect(told).toEqual([
    expect.stringMatching(/"hello" is also the id of reply 1; rename it/),
    expect.stringMatching(/guarantee/),
  ]);
  const half = await wrong('replies.yaml', [{ ...reply, text: { en: '**Hello**' } }]);
  expect(half).toEqual([
    expect.stringMatching(/text.zh is missing/),
    expect.stringMatching(/text.en is wrong; write it as plain text/),
  ]);
});
