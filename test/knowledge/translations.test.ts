import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { acceptTranslations } from '../../src/cli/check/accept.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { markOf } from '../../src/knowledge/translations.ts';
import { wenda } from '../cli/wenda.ts';
import { folderOf, phraseFiles } from './folder.ts';

const entry = (id: string, en: string, zh: string) => `id: ${id}
questions: {en: [${id} one, ${id} two, ${id} three], zh: [${id}甲, ${id}乙, ${id}丙]}
answer:
  en: ${en}
  zh: ${zh}
`;

/** What a command prints, and its exit code. */
async function told(run: () => Promise<number>) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const code = await run();
    const text = (calls: readonly (readonly unknown[])[]) => calls.map((call) => `${call.join(' ')}\n`).join('');
    return { code, out: text(log.mock.calls), err: text(error.mock.calls) };
  } finally {
    vi.restoreAllMocks();
  }
}

async function warnings(dir: string) {
  const { problems } = await loadKnowledge(dir, Date.UTC(2027, 0, 4));
  return problems.map(
    ({ file, line, message, remedy }) => `${file.replace(/^.*\//, '')}:${line}: ${message}; ${remedy}`,
  );
}

const remedy = (id: string) => `make the two say the same, then: npm run wenda -- check --accept-translations ${id}`;

test('what was accepted is silent until one language changes; then the older one is named', async () => {
  const dir = folderOf({
    ...phraseFiles,
    'questionnaires/.keep': '',
    'entries/bread.yaml': entry('bread', 'Fresh.', '新鲜。'),
    'entries/tea.yaml': entry('tea', 'Black.', '红茶。'),
  });
  const write = (id: string, en: string, zh: string) =>
    writeFileSync(join(dir, `entries/${id}.yaml`), entry(id, en, zh));
  const accept = (...ids: readonly string[]) => told(() => acceptTranslations(dir, ids));

  // A folder that does not use this has nothing to hear of it.
  expect(await warnings(dir)).toEqual([]);
  expect(await accept()).toEqual({ code: 0, out: `${dir}/translations.yaml: 2 entries accepted\n`, err: '' });
  expect(await warnings(dir)).toEqual([]);

  write('tea', 'Black and green.', '红茶。');
  write('bread', 'Fresh.', '很新鲜。');
  expect(await warnings(dir)).toEqual([
    `bread.yaml:4: the Chinese answer changed, the English one is older; ${remedy('bread')}`,
    `tea.yaml:5: the English answer changed, the Chinese one is older; ${remedy('tea')}`,
  ]);

  write('tea', 'Black and green.', '红茶和绿茶。');
  expect(await accept('bread')).toMatchObject({ code: 0, out: `${dir}/translations.yaml: 1 entry accepted\n` });
  expect(await warnings(dir)).toEqual([
    `tea.yaml:3: both answers changed since they were last compared; ${remedy('tea')}`,
  ]);

  write('cake', 'Sweet.', '甜。');
  expect(await accept('tea')).toMatchObject({ code: 0 });
  expect(await warnings(dir)).toEqual([
    `cake.yaml:3: the English and the Chinese answer have not been compared yet; ${remedy('cake')}`,
  ]);
  expect(
    readFileSync(join(dir, 'translations.yaml'), 'utf8'),
  ).toBe(`# Which English and Chinese answers were compared and say the same. Written by
#   npm run wenda -- check --accept-translations
# Do not edit by hand. Keep it with the entries: it tells when one language changes and the other does not.
bread: {en: "${markOf('Fresh.')}", zh: "${markOf('很新鲜。')}"}
tea: {en: "${markOf('Black and green.')}", zh: "${markOf('红茶和绿茶。')}"}
`);
});

test('an answer in one language only has nothing to compare', async () => {
  const dir = folderOf({
    ...phraseFiles,
    'questionnaires/.keep': '',
    'entries/bread.yaml': entry('bread', 'Fresh.', '新鲜。'),
    'entries/tea.yaml': entry('tea', 'Black.', '红茶。').replace(/ {2}zh: .*\n$/, ''),
  });
  expect(await told(() => acceptTranslations(dir, []))).toEqual({
    code: 0,
    out: `${dir}/translations.yaml: 1 entry accepted\n`,
    err: '',
  });
  expect(await warnings(dir)).toEqual(['tea.yaml:3: the Chinese answer is missing; write it under `answer: zh:`']);
});

test('how the lines of an answer are broken does not count', () => {
  expect(markOf('one two\n  three\n')).toBe(markOf('one two three'));
  expect(markOf('one two')).not.toBe(markOf('one, two'));
});

test('an unknown entry, and knowledge that cannot be used, are told', async () => {
  const dir = folderOf({
    'entries/tea.yaml': entry('tea', 'Black.', '红茶。'),
    ...phraseFiles,
    'questionnaires/.keep': '',
  });
  expect(await told(() => acceptTranslations(dir, ['coffee']))).toEqual({
    code: 2,
    out: '',
    err: 'No entry with an answer in both languages has the id coffee.\n',
  });
  writeFileSync(join(dir, 'entries/tea.yaml'), 'id: tea\n');
  const { code, err } = await told(() => acceptTranslations(dir, []));
  expect(code).toBe(1);
  expect(err).toContain('tea.yaml:1: error: questions is missing');
});

test('the command takes the ids behind the option', async () => {
  const dir = folderOf({
    'tea.yaml': entry('tea', 'Black.', '红茶。'),
    'bread.yaml': entry('bread', 'Fresh.', '新鲜。'),
  });
  const { code, out } = await wenda(['check', '--knowledge', dir, '--accept-translations', 'tea']);
  expect({ code, out }).toEqual({ code: 0, out: `${dir}/translations.yaml: 1 entry accepted\n` });
});
