import { beforeAll, describe, expect, test } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import { whenAnswered } from '../../src/core/conversation/when.ts';
import type { Hours } from '../../src/core/knowledge/hours.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { alwaysOpen } from '../../src/core/knowledge/opening.ts';
import { shipped } from './knowledge.ts';
import { teahouse } from './teahouse.ts';

let knowledge: Knowledge;
beforeAll(async () => {
  ({ knowledge } = await shipped());
});

/** What a visitor is told at a moment in Beijing; `hours` instead of the shipped ones. */
function told(language: 'en' | 'zh', day: string, time: string, hours?: Hours | 'none'): string {
  const { hours: own, ...rest } = knowledge;
  const known = hours === 'none' ? rest : { ...rest, ...((hours ?? own) && { hours: hours ?? own }) };
  const at = Date.parse(`${day}T${time}:00+08:00`);
  return whenAnswered({ knowledge: known as Knowledge, state: newState(language), id: '', at });
}

describe('when a consultant answers', () => {
  test.each([
    ['en', '2026-11-24', '10:00', 'A consultant will answer here. We are open now, until 12:00 (Beijing time).'],
    ['zh', '2026-11-24', '14:00', '现在是工作时间，顾问会在这里回复您，服务到下午6:00（北京时间）。'],
    ['en', '2026-11-24', '12:30', 'they will answer here from today at 13:00 (Beijing time).'],
    ['zh', '2026-11-24', '12:30', '顾问现在不在线，今天下午1:00（北京时间）起会在这里回复您。'],
    ['en', '2026-11-24', '19:00', 'from tomorrow, Wednesday 25 November, at 9:00 (Beijing time).'],
    ['zh', '2026-11-24', '19:00', '顾问现在不在线，明天（11月25日星期三）上午9:00（北京时间）起会在这里回复您。'],
    ['en', '2026-11-27', '18:00', 'from Monday 30 November at 9:00 (Beijing time).'],
    ['zh', '2026-11-27', '18:00', '11月30日星期一上午9:00（北京时间）起'],
    ['en', '2026-12-31', '20:00', 'from Monday 4 January at 9:00 (Beijing time).'],
  ] as const)('%s %s %s', (language, day, time, sentence) => {
    expect(told(language, day, time)).toContain(sentence);
  });

  test('a day that ends at midnight ends at 24:00, and who never closes names no end', () => {
    const late = { ...alwaysOpen, timezone: 'Asia/Shanghai', weekly: Array(7).fill([{ from: 600, to: 1_440 }]) };
    expect(told('en', '2026-11-24', '20:00', late)).toContain('until 24:00');
    expect(told('zh', '2026-11-24', '00:00', late)).toContain('今天上午10:00');
    expect(told('en', '2026-11-24', '20:00', alwaysOpen)).toBe('A consultant will answer here as soon as possible.');
    expect(told('zh', '2026-11-24', '20:00', 'none')).toBe('顾问会尽快在这里回复您。');
    expect(told('en', '2026-11-24', '20:00', { ...alwaysOpen, weekly: Array(7).fill([]) })).toContain('as possible');
  });

  test('days and months that the phrases do not name are left out, or a number', () => {
    const at = Date.parse('2026-11-27T18:00:00+08:00');
    const weekly = [[], ...Array(5).fill([{ from: 540, to: 720 }]), []];
    const hours = { ...alwaysOpen, timezone: 'Asia/Shanghai', weekly };
    const scene = { knowledge: teahouse({ hours }), state: newState('en'), id: '', at };
    const date = 'date.weekday  30 11';
    expect(whenAnswered(scene)).toBe(`hours.away hours.later ${date} time.morning 9:00 UTC`);
  });
});
