import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Hours, Span } from '../../src/core/knowledge/hours.ts';
import {
  afterOpenTime,
  alwaysOpen,
  isOpen,
  nextOpening,
  openingTomorrow,
  openUntil,
  wallClock,
  weekdayOf,
} from '../../src/core/knowledge/opening.ts';

const minute = 60_000;
const hour = 60 * minute;
const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

const nine = { from: 540, to: 720 };
const one = { from: 780, to: 1_080 };
const office: Hours = {
  ...alwaysOpen,
  timezone: 'Asia/Shanghai',
  weekly: [[], [nine, one], [nine, one], [nine, one], [nine, one], [nine, one], []],
  dated: [
    { date: '2027-02-08', spans: [] },
    { date: '2027-02-20', spans: [{ from: 600, to: 1_440 }] },
  ],
};

/** A moment on the clocks of Beijing. */
const beijing = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);

describe('an office with a break at noon', () => {
  test.each([
    ['2027-01-04', '08:59', false],
    ['2027-01-04', '09:00', true],
    ['2027-01-04', '12:00', false],
    ['2027-01-04', '13:00', true],
    ['2027-01-04', '18:00', false],
    ['2027-01-09', '10:00', false],
    ['2027-02-08', '10:00', false],
    ['2027-02-20', '23:59', true],
    ['2027-02-21', '00:00', false],
  ])('%s %s', (day, time, open) => {
    expect(isOpen(office, beijing(day, time))).toBe(open);
  });

  it('opens after the break, after the weekend, after a closing, and on a make-up workday', () => {
    expect(nextOpening(office, beijing('2027-01-04', '12:30'))).toBe(beijing('2027-01-04', '13:00'));
    expect(nextOpening(office, beijing('2027-01-08', '18:00'))).toBe(beijing('2027-01-11', '09:00'));
    expect(nextOpening(office, beijing('2027-02-05', '18:30'))).toBe(beijing('2027-02-09', '09:00'));
    expect(nextOpening(office, beijing('2027-02-19', '20:00'))).toBe(beijing('2027-02-20', '10:00'));
    expect(openUntil(office, beijing('2027-02-20', '10:00'))).toBe(beijing('2027-02-21', '00:00'));
    expect(openUntil(office, beijing('2027-01-04', '10:00'))).toBe(beijing('2027-01-04', '12:00'));
    expect(openUntil(office, beijing('2027-01-04', '12:00'))).toBeUndefined();
  });

  it('counts opening time only', () => {
    expect(afterOpenTime(office, beijing('2027-01-04', '11:55'), 15 * minute)).toBe(beijing('2027-01-04', '13:10'));
    expect(afterOpenTime(office, beijing('2027-01-08', '17:50'), 30 * minute)).toBe(beijing('2027-01-11', '09:20'));
  });

  it('opens after today, also where today is not over; where it never opens the next day begins', () => {
    expect(openingTomorrow(office, beijing('2027-01-04', '08:00'))).toBe(beijing('2027-01-05', '09:00'));
    expect(openingTomorrow(office, beijing('2027-01-08', '10:00'))).toBe(beijing('2027-01-11', '09:00'));
    const closed = { ...office, weekly: Array(7).fill([]), dated: [] };
    expect(openingTomorrow(closed, beijing('2027-01-04', '08:00'))).toBe(beijing('2027-01-05', '00:00'));
  });

  it('is closed on days of which nothing is said', () => {
    const monday = { ...office, weekly: office.weekly.slice(0, 2), dated: [] };
    expect(isOpen(monday, beijing('2027-01-04', '10:00'))).toBe(true);
    expect(isOpen(monday, beijing('2027-01-05', '10:00'))).toBe(false);
  });

  it('never opens where no day has hours', () => {
    const closed: Hours = {
      ...office,
      weekly: [[], [], [], [], [], [], []],
      dated: [{ date: '2027-02-08', spans: [] }],
    };
    expect(nextOpening(closed, beijing('2027-01-04', '10:00'))).toBeUndefined();
    expect(afterOpenTime(closed, beijing('2027-01-04', '10:00'), minute)).toBeUndefined();
    expect(openUntil(alwaysOpen, beijing('2027-01-04', '10:00'))).toBeUndefined();
    expect(afterOpenTime(alwaysOpen, 5, minute)).toBe(5 + minute);
  });
});

const formats = Object.fromEntries(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);

/** The clock on the wall, another way: by what the runtime writes. */
function written(timezone: string, at: number) {
  const text = formats[timezone]?.format(at) ?? '';
  return { date: text.slice(0, 10), minutes: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)) };
}

function openByHand(hours: Hours, at: number): boolean {
  const { date, minutes } = written(hours.timezone, at);
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  const spans = hours.dated.find((dated) => dated.date === date)?.spans ?? hours.weekly[day] ?? [];
  return spans.some(({ from, to }) => from <= minutes && minutes < to);
}

const spans: fc.Arbitrary<readonly Span[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { maxLength: 6 })
  .map((edges) => edges.toSorted((a, b) => a - b).map((edge) => edge * 30))
  .map((edges) =>
    Array.from({ length: Math.floor(edges.length / 2) }, (_, at) => ({
      from: edges[2 * at] ?? 0,
      to: edges[2 * at + 1] ?? 0,
    })),
  );

/** Days around which clocks are put forward and back in the zones above. */
const days = ['2027-03-14', '2027-03-28', '2027-04-04', '2027-10-03', '2027-10-31', '2027-11-07', '2027-06-15'];

const weeks: fc.Arbitrary<Hours> = fc.record({
  timezone: fc.constantFrom(...zones),
  zone: fc.constant(alwaysOpen.zone),
  weekly: fc.array(spans, { minLength: 7, maxLength: 7 }),
  dated: fc
    .uniqueArray(fc.constantFrom(...days), { maxLength: 3 })
    .chain((dates) => fc.tuple(...dates.map((date) => spans.map((own) => ({ date, spans: own }))))),
  patience: fc.constant(alwaysOpen.patience),
  onDuty: fc.constant([]),
});

const moments = fc
  .tuple(fc.constantFrom(...days), fc.integer({ min: -30 * 60, max: 30 * 60 }))
  .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * minute);

describe('any week, walked minute by minute', () => {
  it('opens, closes and counts as the clocks on the wall say', () => {
    fc.assert(
      fc.property(weeks, moments, fc.integer({ min: 1, max: 400 }), (hours, at, minutes) => {
        const walk = Array.from({ length: 30 * 60 }, (_, step) => openByHand(hours, at + step * minute));
        expect(isOpen(hours, at)).toBe(walk[0]);
        const opening = walk.indexOf(true);
        if (opening >= 0) expect(nextOpening(hours, at)).toBe(at + opening * minute);
        const closing = walk.indexOf(false);
        if (walk[0] && closing >= 0) expect(openUntil(hours, at)).toBe(at + closing * minute);
        const counted = walk.flatMap((open, step) => (open ? [step] : []))[minutes - 1];
        if (counted !== undefined) {
          expect(afterOpenTime(hours, at, minutes * minute)).toBe(at + (counted + 1) * minute);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('reads the clocks as the runtime writes them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }).map((seconds) => seconds * 1_000),
        (timezone, at) => {
          const clock = wallClock(timezone, at);
          expect({ date: clock.date, minutes: clock.minutes }).toEqual(written(timezone, at));
          expect(weekdayOf(clock)).toBe(new Date(`${clock.date}T00:00:00Z`).getUTCDay());
        },
      ),
    );
    expect(wallClock('Asia/Shanghai', 0)).toMatchObject({ days: 0, offset: 8 * hour });
  });
});
