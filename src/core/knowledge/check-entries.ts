import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';

const languages = [
  { code: 'en', name: 'English', longestTitle: 40 },
  { code: 'zh', name: 'Chinese', longestTitle: 20 },
] as const;

/** Below this number of questions in a language an entry is hard to find in it. */
const fewestQuestions = 3;

/** What is wrong with entries: file names, references to other entries, titles and numbers of questions. */
export function checkEntries(entries: readonly Sourced<Entry>[], known: ReadonlySet<string>): readonly Finding[] {
  return entries.flatMap((entry) => [...checkName(entry), ...checkRelated(entry, known), ...checkLanguages(entry)]);
}

/** Ids that two files share: the same answer would stand for two things. */
export function duplicateIds(entries: readonly Sourced<{ readonly id: string }>[]): readonly Finding[] {
  const first = new Map<string, string>();
  return entries.flatMap(({ file, value: { id } }) => {
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, file);
      return [];
    }
    const message = `the id "${id}" is also that of ${other}`;
    return [{ file, path: ['id'], level: 'error', message, remedy: 'give one of the two another id, or delete it' }];
  });
}

function checkName({ file, value: { id } }: Sourced<Entry>): readonly Finding[] {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '');
  if (name === id) return [];
  const remedy = `rename the file to ${id}.yaml, or change the id`;
  return [{ file, path: ['id'], level: 'warning', message: `the file is not named after its id "${id}"`, remedy }];
}

function checkRelated({ file, value }: Sourced<Entry>, known: ReadonlySet<string>): readonly Finding[] {
  return value.related.flatMap((id, position): readonly Finding[] => {
    const wrong = id === value.id ? `refers to itself` : known.has(id) ? undefined : `no entry has the id "${id}"`;
    if (!wrong) return [];
    const remedy = 'correct the id, or take it out of `related`';
    return [{ file, path: ['related', position], level: 'error', message: wrong, remedy }];
  });
}

function checkLanguages({ file, value }: Sourced<Entry>): readonly Finding[] {
  return languages.flatMap(({ code, name, longestTitle }) => {
    const found: Finding[] = [];
    const warn = (path: readonly string[], message: string, remedy: string) =>
      found.push({ file, path, level: 'warning', message, remedy });
    const count = value.questions[code].length;
    if (count === 0) warn(['questions'], `no questions in ${name}`, `write some under \`questions: ${code}:\``);
    if (count > 0 && count < fewestQuestions) {
      const remedy = `write at least ${fewestQuestions}, as different visitors would ask`;
      warn(['questions', code], `only ${count} question${count > 1 ? 's' : ''} in ${name}`, remedy);
    }
    const length = [...(value.title[code] ?? '')].length;
    if (length > longestTitle) {
      const message = `the ${name} title has ${length} characters and will not fit on a button`;
      warn(['title', code], message, `shorten it to ${longestTitle} at most`);
    }
    return found;
  });
}

/** Topics of entries that no phrases name, each told once. */
export function unnamedTopics(entries: readonly Sourced<Entry>[], topics: ReadonlySet<string>): readonly Finding[] {
  const reported = new Set(topics);
  return entries.flatMap(({ file, value: { topic, status } }) => {
    if (status === 'meta' || reported.has(topic)) return [];
    reported.add(topic);
    const message = `the topic "${topic}" has no name, so the menu does not show it`;
    return [{ file, path: ['topic'], level: 'warning', message, remedy: 'add it to `topics` in both phrases files' }];
  });
}
