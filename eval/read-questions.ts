import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Category, categories, halfOf, languages, type Question, type QuestionLanguage } from './question.ts';

const header = 'category\tlanguage\texpected\ttext';

/** Reads every `.tsv` file of a folder, in the order of their names. Throws an error that names each wrong line. */
export async function readQuestions(dir: string, entries: ReadonlySet<string>): Promise<readonly Question[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.tsv')).toSorted();
  if (names.length === 0) throw new Error(`${dir}: no .tsv file with questions`);
  const files = await Promise.all(
    names.map(async (name) => ({ file: join(dir, name), content: await readFile(join(dir, name), 'utf8') })),
  );
  return parseQuestions(files, entries);
}

/** The questions of files. Two questions with the same text are an error, also in different files. */
export function parseQuestions(
  files: readonly { readonly file: string; readonly content: string }[],
  entries: ReadonlySet<string>,
): readonly Question[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const questions: Question[] = [];
  for (const { file, content } of files) {
    const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
    if (lines[0] !== header) problems.push(`${file}:1: the first line must be "${header.replaceAll('\t', '<tab>')}"`);
    for (const [at, line] of lines.entries()) {
      if (at === 0 || line === '') continue;
      const place = `${file}:${at + 1}`;
      const found = parseLine(line, entries);
      if (typeof found === 'string') problems.push(`${place}: ${found}`);
      else if (seen.has(found.text)) problems.push(`${place}: the same text as ${seen.get(found.text)}`);
      else questions.push(found);
      if (typeof found !== 'string') seen.set(found.text, place);
    }
  }
  if (problems.length > 0) throw new Error(`the questions have errors:\n${problems.join('\n')}`);
  return questions;
}

/** One line, or what is wrong with it. */
function parseLine(line: string, entries: ReadonlySet<string>): Question | string {
  const columns = line.split('\t');
  const [category = '', language = '', wanted = '', written = ''] = columns;
  if (columns.length !== 4) return `${columns.length} columns instead of 4 (category, language, expected, text)`;
  if (!isCategory(category)) return `unknown category "${category}"; known: ${categories.join(', ')}`;
  if (!isLanguage(language)) return `unknown language "${language}"; known: ${languages.join(', ')}`;
  if ((category === 'out-of-scope') !== (wanted === '-')) return 'category out-of-scope and expected "-" go together';
  const expected = wanted === '-' ? [] : wanted.split('+').map((part) => part.split('|'));
  const unknown = expected.flat().filter((id) => !entries.has(id));
  if (unknown.length > 0) return `no entry "${unknown.join('", "')}"; expected is an id, "a|b", "a+b" or "-"`;
  const text = written.replaceAll('\\n', '\n');
  if (text.trim() === '') return 'the text is empty';
  return { text, category, language, expected, half: halfOf(text) };
}

function isCategory(name: string): name is Category {
  return categories.some((known) => known === name);
}

function isLanguage(name: string): name is QuestionLanguage {
  return languages.some((known) => known === name);
}
