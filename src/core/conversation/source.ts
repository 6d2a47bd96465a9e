import type { Entry } from '../knowledge/entry.ts';
import { phrase, type Scene } from './scene.ts';

/** A date of the knowledge (`2014`, `2014-08` or `2014-08-08`) in words. */
export function dateInWords(scene: Scene, date: string): string {
  const [year = '', month, day] = date.split('-');
  if (!month) return year;
  const name = phrase(scene, 'date.months').split(/\s+/)[Number(month) - 1] ?? month;
  return day
    ? phrase(scene, 'date.day', { day: String(Number(day)), month: name, year })
    : phrase(scene, 'date.month', { month: name, year });
}

/** The source line of an answer: kinds of source with their dates, when the facts were checked, the disclaimer. */
export function sourceLine(scene: Scene, entries: readonly Entry[]): string | undefined {
  const told = entries.filter((entry) => entry.status !== 'meta' && (entry.sources.length > 0 || entry.as_of));
  if (told.length === 0) return undefined;
  const kinds = new Map<Entry['sources'][number]['kind'], string[]>();
  for (const source of told.flatMap((entry) => entry.sources)) {
    const dates = kinds.get(source.kind) ?? [];
    if (source.date && source.kind === 'article' && !dates.includes(source.date)) dates.push(source.date);
    kinds.set(source.kind, dates);
  }
  const named = [...kinds].map(([kind, dates]) => {
    const source = phrase(scene, `source.${kind}`);
    const date = listed(
      scene,
      dates.toSorted().map((day) => dateInWords(scene, day)),
    );
    return date ? phrase(scene, 'source.dated', { source, date }) : source;
  });
  const checked = told.flatMap((entry) => entry.as_of ?? []).toSorted()[0];
  return [
    named.length > 0 ? phrase(scene, 'source.line', { sources: named.join(phrase(scene, 'list.separator')) }) : '',
    checked ? phrase(scene, 'source.checked', { date: dateInWords(scene, checked) }) : '',
    phrase(scene, 'source.disclaimer'),
  ]
    .filter(Boolean)
    .join(phrase(scene, 'source.separator'));
}

/** "One, two and three". */
function listed(scene: Scene, items: readonly string[]): string {
  const first = items.slice(0, -1).join(phrase(scene, 'list.separator'));
  return [first, ...items.slice(-1)].filter(Boolean).join(phrase(scene, 'source.and'));
}
