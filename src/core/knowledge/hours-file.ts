import { z } from 'zod';
import type { DatedHours, Hours, Span } from './hours.ts';
import { wallClock } from './opening.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const day = `(?:${days.join('|')})`;

const span = z.string().regex(/^\d{1,2}:\d\d *[-–] *\d{1,2}:\d\d$/, 'a time from and a time to: 9:00-12:00');
const spans = z.array(span);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a day: 2027-01-01');
const time = z.string().regex(/^[1-9]\d* *[mhd]$/, 'a number of minutes, hours or days: 15m, 2h, 1d');
const text = z.string().trim().min(1);

const file = z.strictObject({
  timezone: z.string().refine(isZone, { message: 'use a name of the IANA list, such as Asia/Shanghai' }),
  /** What the time zone is called in a sentence. */
  zone: z.strictObject({ en: text, zh: text }),
  /** Opening hours by day or range of days. */
  week: z.record(z.string().regex(new RegExp(`^${day}(?:-${day})?$`), 'a day or a range of days: sat, mon-fri'), spans),
  /** Days that are closed although the week says otherwise. */
  closed: z.array(z.strictObject({ date, name: text.optional() })).default([]),
  /** Days with hours of their own: make-up workdays (调休), short days. */
  open: z.array(z.strictObject({ date, hours: spans.min(1), name: text.optional() })).default([]),
  patience: z
    .strictObject({ unclaimed: time.default('15m'), consultant: time.default('20m'), visitor: time.default('24h') })
    .default({ unclaimed: '15m', consultant: '20m', visitor: '24h' }),
  /** Slack member ids that are mentioned when nobody claims. */
  on_duty: z.array(z.string().regex(/^[UW][A-Z0-9]+$/, 'a Slack member id: U0123ABCD')).default([]),
});

type File = z.output<typeof file>;

/** The file format of `knowledge/hours.yaml`, as it is written. */
export const hoursFileSchema = file.superRefine((hours, context) => {
  for (const fault of faults(hours)) context.addIssue({ code: 'custom', ...fault });
});

/** The opening hours as the file says them, in minutes and ms. */
export const hoursSchema = hoursFileSchema.transform((hours): Hours => {
  const weekly: Span[][] = days.map(() => []);
  for (const [range, written] of Object.entries(hours.week)) {
    for (const at of daysOf(range)) weekly[at] = written.map(spanOf).toSorted((a, b) => a.from - b.from);
  }
  const named = (name: string | undefined) => (name === undefined ? {} : { name });
  const dated: readonly DatedHours[] = [
    ...hours.closed.map(({ date: on, name }) => ({ date: on, spans: [], ...named(name) })),
    ...hours.open.map(({ date: on, hours: written, name }) => ({
      date: on,
      spans: written.map(spanOf).toSorted((a, b) => a.from - b.from),
      ...named(name),
    })),
  ];
  const { unclaimed, consultant, visitor } = hours.patience;
  return {
    timezone: hours.timezone,
    zone: hours.zone,
    weekly,
    dated,
    patience: { unclaimed: msOf(unclaimed), consultant: msOf(consultant), visitor: msOf(visitor) },
    onDuty: hours.on_duty,
  };
});

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What is wrong with values that are each well written: times, days that stand twice, dates that do not exist. */
function faults({ week, closed, open }: File): readonly Fault[] {
  const seen = new Map<number, string>();
  const twice = Object.keys(week).flatMap((range) =>
    daysOf(range).flatMap((at): readonly Fault[] => {
      const other = seen.get(at);
      seen.set(at, range);
      return other === undefined ? [] : [{ path: ['week', range], message: `${days[at]} also stands in ${other}` }];
    }),
  );
  const dates = new Set<string>();
  const dated = [...closed.map((one, at) => ({ ...one, path: ['closed', at, 'date'] })), ...named(open)].flatMap(
    ({ date: on, path }): readonly Fault[] => {
      if (!exists(on)) return [{ path, message: 'use a day that the calendar has' }];
      if (dates.has(on)) return [{ path, message: `keep ${on} once, in closed or in open` }];
      dates.add(on);
      return [];
    },
  );
  return [
    ...Object.entries(week).flatMap(([range, written]) => spanFaults(['week', range], written)),
    ...open.flatMap(({ hours }, at) => spanFaults(['open', at, 'hours'], hours)),
    ...twice,
    ...dated,
  ];
}

function named(open: File['open']) {
  return open.map(({ date: on }, at) => ({ date: on, path: ['open', at, 'date'] }));
}

function spanFaults(path: (string | number)[], written: readonly string[]): readonly Fault[] {
  const read = written.map((text) => ({ text, ...spanOf(text) }));
  return read.flatMap(({ text, from, to }, at): readonly Fault[] => {
    const here = [...path, at];
    if (to > 1_440 || from >= 1_440 || /:[6-9]/.test(text)) {
      return [{ path: here, message: 'use times from 0:00 to 24:00' }];
    }
    if (from >= to) return [{ path: here, message: 'end after the beginning; split a night at 24:00 over two days' }];
    const overlaps = read.slice(0, at).some((other) => other.from < to && from < other.to);
    return overlaps ? [{ path: here, message: 'let no two times of a day overlap' }] : [];
  });
}

function daysOf(range: string): readonly number[] {
  const [from = '', to = from] = range.split('-');
  const names: readonly string[] = days;
  const [first, last] = [names.indexOf(from), names.indexOf(to)];
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => (first + at) % 7);
}

function spanOf(written: string): Span {
  const [from = 0, to = 0] = written.split(/[-–]/).map((part) => {
    const [hours = 0, minutes = 0] = part.trim().split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { from, to };
}

function msOf(written: string): number {
  return Number.parseInt(written, 10) * (units[written.slice(-1)] ?? 0);
}

function exists(on: string): boolean {
  const [year = 0, month = 0, dayOfMonth = 0] = on.split('-').map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return length !== undefined && dayOfMonth >= 1 && dayOfMonth <= length;
}

function isZone(name: string): boolean {
  try {
    return wallClock(name, 0).date !== '';
  } catch {
    return false;
  }
}
