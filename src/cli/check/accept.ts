import { currentTranslations } from '../../core/knowledge/translations.ts';
import { loadKnowledge } from '../../knowledge/load.ts';
import { hasErrors, problemLine } from '../../knowledge/problem.ts';
import { markOf, writeTranslations } from '../../knowledge/translations.ts';

/** Notes that the answers of these entries (of all, without names) say the same in both languages as they are now. */
export async function acceptTranslations(dir: string, ids: readonly string[]): Promise<number> {
  const { sources, problems } = await loadKnowledge(dir);
  if (!sources) {
    for (const problem of problems.filter((one) => hasErrors([one]))) console.error(problemLine(problem));
    return 1;
  }
  const current = currentTranslations(sources.entries, markOf);
  const unknown = ids.filter((id) => !(id in current));
  if (unknown.length > 0) {
    console.error(`No entry with an answer in both languages has the id ${unknown.join(', ')}.`);
    return 2;
  }
  const accepted = Object.keys(current).filter((id) => ids.length === 0 || ids.includes(id));
  const kept = Object.entries(sources.translations).filter(([id]) => id in current);
  const chosen = accepted.flatMap((id) => (current[id] ? [[id, current[id]] as const] : []));
  const file = await writeTranslations(dir, Object.fromEntries([...kept, ...chosen]));
  console.log(`${file}: ${accepted.length} ${accepted.length === 1 ? 'entry' : 'entries'} accepted`);
  return 0;
}
