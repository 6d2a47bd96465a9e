import type { Hours } from '../knowledge/hours.ts';
import { isOpen, nextOpening, openUntil, wallClock, weekdayOf } from '../knowledge/opening.ts';
import { phrase, type Scene } from './scene.ts';

/** When a consultant will answer, in one sentence: until when they work, or when they work again. */
export function whenAnswered(scene: Scene): string {
  const { hours } = scene.knowledge;
  if (!hours) return phrase(scene, 'hours.unknown');
  const zone = hours.zone[scene.state.language];
  if (isOpen(hours, scene.at)) {
    const end = openUntil(hours, scene.at);
    return end === undefined
      ? phrase(scene, 'hours.unknown')
      : phrase(scene, 'hours.open', { until: moment(scene, hours, end, ''), zone });
  }
  const opening = nextOpening(hours, scene.at);
  if (opening === undefined) return phrase(scene, 'hours.unknown');
  return phrase(scene, 'hours.away', { opening: moment(scene, hours, opening, 'today'), zone });
}

/** A moment in words, as clocks of the agency show it: the time alone for today unless that is to be said. */
function moment(scene: Scene, { timezone }: Hours, at: number, today: 'today' | ''): string {
  const now = wallClock(timezone, scene.at);
  // Midnight is the end of the day before.
  const end = today === '' && wallClock(timezone, at).minutes === 0;
  const shown = wallClock(timezone, end ? at - 1 : at);
  const time = end ? '24:00' : timeInWords(scene, shown.minutes);
  if (shown.date === now.date) return today ? phrase(scene, 'hours.today', { time }) : time;
  const [, month = '', day = ''] = shown.date.split('-');
  const date = phrase(scene, 'date.weekday', {
    weekday: phrase(scene, 'date.weekdays').split(/\s+/)[weekdayOf(shown)] ?? '',
    day: String(Number(day)),
    month: phrase(scene, 'date.months').split(/\s+/)[Number(month) - 1] ?? month,
  });
  return phrase(scene, shown.days - now.days === 1 ? 'hours.tomorrow' : 'hours.later', { date, time });
}

/** Chinese counts the hours of a half day and names it; English counts to 24. */
function timeInWords(scene: Scene, minutes: number): string {
  const [hour, rest] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')];
  const shown = scene.state.language === 'zh' && hour > 12 ? hour - 12 : hour;
  return phrase(scene, hour < 12 ? 'time.morning' : 'time.afternoon', { time: `${shown}:${rest}` });
}
