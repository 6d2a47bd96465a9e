import { readFile } from 'node:fs/promises';
import type { MatchableEntry } from '../src/core/matching/build-index.ts';
import { halfOf } from './question.ts';
import type { Halved } from './side-by-side.ts';

/** A public set: its intents as entries, and what is asked of them. */
export interface PublicSet {
  readonly name: string;
  readonly entries: readonly MatchableEntry[];
  readonly questions: readonly Halved[];
}

interface Content {
  readonly train: readonly (readonly [text: string, label: string])[];
  readonly dev: readonly (readonly [text: string, label: string])[];
  readonly oos: readonly string[];
}

/** Where they are; their licences stand in the README beside them. */
const files = ['banking77-10shot', 'clinc150-10shot'];

/** Reads the public sets. */
export function readPublicSets(dir: string): Promise<readonly PublicSet[]> {
  return Promise.all(
    files.map(async (name) => setOf(name, JSON.parse(await readFile(`${dir}/${name}.json`, 'utf8')) as Content)),
  );
}

function setOf(name: string, { train, dev, oos }: Content): PublicSet {
  const labels = [...new Set(train.map(([, label]) => label))];
  const entries = labels.map((id) => ({
    id,
    questions: { en: train.filter(([, label]) => label === id).map(([text]) => text), zh: [] },
  }));
  const asked = (text: string, expected: Halved['expected']): Halved => ({ text, expected, half: halfOf(text) });
  const questions = [...dev.map(([text, label]) => asked(text, [[label]])), ...oos.map((text) => asked(text, []))];
  return { name, entries, questions };
}
