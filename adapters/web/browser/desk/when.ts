import type { Language } from '../../../../src/core/message.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** Date and time of a moment (ms), in full. */
export function fullTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** The time of a moment (ms), with its day unless it is today. */
export function shortTime(at: number, language: Language, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locales[language], { ...day, hour: '2-digit', minute: '2-digit' }).format(at);
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long something has gone on since a moment (ms), in the largest unit that fits. */
export function duration(since: number, language: Language, now: number): string {
  const passed = Math.max(0, now - since);
  const [unit, size] = steps.find(([, ms]) => passed >= ms) ?? (['minute', 60_000] as const);
  const format = { style: 'unit', unit, unitDisplay: language === 'en' ? 'short' : 'long' } as const;
  return new Intl.NumberFormat(locales[language], format).format(Math.floor(passed / size));
}

/** Nine o'clock of the next day, here. */
export function tomorrowMorning(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 9).getTime();
}
