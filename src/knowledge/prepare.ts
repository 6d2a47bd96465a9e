import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexKnowledge } from '../core/knowledge/index-knowledge.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { MatchIndex } from '../core/matching/build-index.ts';
import { readCache, writeCache } from './cache.ts';
import { allFiles } from './files.ts';
import type { Problem } from './problem.ts';
import { reviewsDue } from './reviews.ts';

/** The knowledge, ready to work with, with warnings at most; or nothing, and every problem. */
export type Prepared =
  | { readonly knowledge: Knowledge; readonly index: MatchIndex; readonly problems: readonly Problem[] }
  | { readonly knowledge: undefined; readonly problems: readonly Problem[] };

/** Knowledge of fewer questions is ready as soon without being kept, and does not drive out what is kept. */
const worthKeeping = 1_000;

interface Kept {
  readonly knowledge: Knowledge;
  readonly index: MatchIndex;
  readonly problems: readonly Problem[];
  /** Which reviews were due: with time others are, and the problems are no longer the same. */
  readonly due: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the knowledge is kept, ready to work with, from one start to the next. */
const keptIn = join(root, 'node_modules/.cache/wenda/knowledge');

/**
 * Loads and indexes the knowledge. What came of it is kept in a file: as long as nothing that it was made of changes,
 * the next start takes it from there, in a tenth of the time.
 */
export async function prepareKnowledge(dir: string, now: number = Date.now(), file = keptIn): Promise<Prepared> {
  const key = await keyOf(dir);
  const kept = await readCache<Kept>(file, key);
  if (kept && kept.due === reviewsDue(kept.knowledge.entries.values(), now)) return kept;
  // Reading YAML takes code that a start from what is kept does without.
  const { loadKnowledge } = await import('./load.ts');
  const { knowledge, problems } = await loadKnowledge(dir, now);
  if (!knowledge) return { knowledge, problems };
  const index = indexKnowledge(knowledge);
  if (index.scorer.entryOf.length >= worthKeeping) {
    const due = reviewsDue(knowledge.entries.values(), now);
    await writeCache<Kept>(file, key, { knowledge, index, problems, due });
  }
  return { knowledge, index, problems };
}

/** Stands for everything that the result depends on, time aside: the files, the code, the versions of packages. */
async function keyOf(dir: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const code = ['core', 'knowledge'].map((part) => filesIn(join(root, 'src', part)));
  for (const file of [join(root, 'package.json'), ...(await Promise.all(code)).flat(), ...(await allFiles(dir))]) {
    const content = await readFile(file).catch(() => 'missing');
    hash.update(`\n${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
