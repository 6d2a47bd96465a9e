import Fuse from 'fuse.js';
import { normalize } from '../../src/core/matching/normalize.ts';
import type { Matcher } from '../reply.ts';
import { normalizedQuestions, undecided } from './ranking.ts';
import { tokens } from './tokens.ts';

/** Of several settings this one ranked best on the dev half: fuse.js' own 0.6 finds the right entry far less often. */
const threshold = 0.2;

/** fuse.js alone, with its token search over the questions. */
export const fuse: Matcher = {
  name: 'fuse.js',
  build: (entries) => {
    const questions = entries.flatMap((entry) => normalizedQuestions(entry).map((text) => ({ entry: entry.id, text })));
    const search = new Fuse(questions, {
      keys: ['text'],
      includeScore: true,
      useTokenSearch: true,
      tokenize: tokens,
      threshold,
    });
    return (text) =>
      undecided(
        search
          .search(normalize(text), { limit: 100 })
          .map(({ item, score = 1 }) => ({ entry: item.entry, score: 1 - score })),
      );
  },
};
