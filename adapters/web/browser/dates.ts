import type { Language } from '../../../src/core/message.ts';
import { labels } from './labels.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** The day of a moment (ms) in the visitor's own time zone; the same text for the same day. */
export function dayOf(at: number, language: Language, now: number): string {
  const words = labels[language];
  const day = startOfDay(at);
  if (day === startOfDay(now)) return words.today;
  if (day === startOfDay(startOfDay(now) - 1)) return words.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long', year }).format(at);
}

/** Hours and minutes of a moment (ms). */
export function timeOf(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit' }).format(at);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
