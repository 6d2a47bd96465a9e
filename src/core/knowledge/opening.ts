import type { Hours, Span } from './hours.ts';

const minute = 60_000;
const wholeDay = 1_440;

/** How far ahead (ms) an opening is looked for: dated openings are entered for a year. */
const horizon = 400 * wholeDay * minute;

/** Where nothing is known of the hours: nobody is ever away. */
export const alwaysOpen: Hours = {
  timezone: 'UTC',
  zone: { en: 'UTC', zh: '协调世界时' },
  weekly: Array.from({ length: 7 }, () => [{ from: 0, to: wholeDay }]),
  dated: [],
  patience: { unclaimed: 15 * minute, consultant: 20 * minute, visitor: wholeDay * minute },
  onDuty: [],
};

/** A moment as a clock on the wall shows it. */
export interface WallClock {
  /** YYYY-MM-DD */
  readonly date: string;
  /** Since 1 January 1970. */
  readonly days: number;
  /** Since midnight, whole. */
  readonly minutes: number;
  /** What the clock is ahead of UTC, ms. */
  readonly offset: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show at a moment (ms since 1970). */
export function wallClock(timezone: string, at: number): WallClock {
  const format = formats.get(timezone) ?? formatOf(timezone);
  formats.set(timezone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day = 1] = [parts.get('year'), parts.get('month'), parts.get('day')];
  const [hours = 0, minutes = 0, seconds = 0] = [parts.get('hour'), parts.get('minute'), parts.get('second')];
  const days = daysSince1970(year, month, day);
  const shown = ((days * wholeDay + hours * 60 + minutes) * 60 + seconds) * 1_000;
  return {
    date: [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-'),
    days,
    minutes: hours * 60 + minutes,
    offset: shown - Math.floor(at / 1_000) * 1_000,
  };
}

/** The days of the Gregorian calendar, counted in years that begin with March and in cycles of 400. */
function daysSince1970(year: number, month: number, day: number): number {
  const counted = month > 2 ? year : year - 1;
  const cycle = Math.floor(counted / 400);
  const inCycle = counted - cycle * 400;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return cycle * 146_097 + inCycle * 365 + Math.floor(inCycle / 4) - Math.floor(inCycle / 100) + inYear - 719_468;
}

/** The day of the week, from Sunday. */
export function weekdayOf({ days }: WallClock): number {
  return (((days + 4) % 7) + 7) % 7;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const number = 'numeric';
  const fields = { year: number, month: number, day: number, hour: number, minute: number, second: number } as const;
  return new Intl.DateTimeFormat('en-US', { ...fields, timeZone, hourCycle: 'h23', calendar: 'gregory' });
}

/** True when consultants work at this moment. */
export function isOpen(hours: Hours, at: number): boolean {
  return isWithin(hours, wallClock(hours.timezone, at));
}

/** The first moment, now or later, at which consultants work; undefined when there is none within a year. */
export function nextOpening(hours: Hours, at: number): number | undefined {
  for (const { from, open } of stretches(hours, at)) if (open) return from;
  return undefined;
}

/** Until when consultants work without a break; undefined when they do not now, or never stop. */
export function openUntil(hours: Hours, at: number): number | undefined {
  for (const { from, open } of stretches(hours, at)) if (!open) return from === at ? undefined : from;
  return undefined;
}

/** The moment at which consultants will have worked for `ms` since `at`; undefined when that is never. */
export function afterOpenTime(hours: Hours, at: number, ms: number): number | undefined {
  let left = ms;
  for (const { from, to, open } of stretches(hours, at)) {
    if (!open) continue;
    if (left <= to - from) return from + left;
    left -= to - from;
  }
  return undefined;
}

/** When consultants work again after today; where they never do, when the next day begins. */
export function openingTomorrow(hours: Hours, at: number): number {
  const today = at + wallClock(hours.timezone, at).offset;
  const midnight = at + wholeDay * minute - (today % (wholeDay * minute));
  return nextOpening(hours, midnight) ?? midnight;
}

function spansOf({ weekly, dated }: Hours, clock: WallClock): readonly Span[] {
  return dated.find(({ date }) => date === clock.date)?.spans ?? weekly[weekdayOf(clock)] ?? [];
}

function isWithin(hours: Hours, clock: WallClock): boolean {
  return spansOf(hours, clock).some(({ from, to }) => from <= clock.minutes && clock.minutes < to);
}

/** The time from a moment on, cut where something may begin or end: at spans, at midnight, where clocks are put. */
function* stretches(hours: Hours, at: number) {
  const never = [...hours.weekly, ...hours.dated.map(({ spans }) => spans)].every((spans) => spans.length === 0);
  const last = never ? at : at + horizon;
  for (let from = at; from <= last; ) {
    const clock = wallClock(hours.timezone, from);
    const edges = spansOf(hours, clock).flatMap((span) => [span.from, span.to]);
    const next = Math.min(wholeDay, ...edges.filter((edge) => edge > clock.minutes));
    const sinceMinute = (((from + clock.offset) % minute) + minute) % minute;
    const to = untilShift(hours.timezone, from, from + (next - clock.minutes) * minute - sinceMinute);
    yield { from, to, open: isWithin(hours, clock) };
    from = to;
  }
}

/** The moment between the two at which the clocks are put forward or back, or the later one where they are not. */
function untilShift(timezone: string, from: number, to: number): number {
  const { offset } = wallClock(timezone, from);
  if (wallClock(timezone, to).offset === offset) return to;
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallClock(timezone, middle).offset === offset) before = middle;
    else after = middle;
  }
  return after;
}
