import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commands, phraseKeys } from '../../src/core/knowledge/phrases.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { problemLine } from '../../src/knowledge/problem.ts';

/** A folder with these files (texts, or values that are written as JSON, which YAML reads); gone after the test. */
export function folderOf(files: Readonly<Record<string, unknown>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'wenda-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return dir;
}

/** Phrases that keep to the format, in no particular words. */
export function somePhrases(language: 'en' | 'zh') {
  const say = Object.entries(phraseKeys).map(([key, names]) => [
    key,
    [key, ...names.map((name) => `{${name}}`)].join(' '),
  ]);
  return {
    say: Object.fromEntries(say),
    topics: { other: 'Other' },
    commands: Object.fromEntries(commands.map((name) => [name, [`${language}-${name}`]])),
  };
}

/** The phrases of both languages, as files. */
export const phraseFiles = { 'phrases/en.yaml': somePhrases('en'), 'phrases/zh.yaml': somePhrases('zh') };

/** The problems of a folder with these files, on 4 January 2027, as lines without the folder's own path. */
export async function problemsOf(files: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const dir = folderOf(files);
  const { problems } = await loadKnowledge(dir, Date.UTC(2027, 0, 4));
  return problems.map((problem) => problemLine(problem).replaceAll(`${dir}/`, ''));
}
