import Fuse from 'fuse.js';
import { normalize } from '../../src/core/matching/normalize.ts';
import type { Matcher } from '../reply.ts';
import { normalizedQuestions, undecided } from './ranking.ts';
import { tokens } from './tokens.ts';

/** fuse.js' own 0.6 lets in so many words that the right entry is found far less often. */
const threshold = 0.2;

/** fuse.js alone: token search, an entry one document. A document for each question, or its fuzzy search, rank worse. */
export const fuse: Matcher = {
  name: 'fuse.js',
  build: ({ entries }) => {
    const documents = entries.map((entry) => ({ id: entry.id, text: normalizedQuestions(entry).join('\n') }));
    const search = new Fuse(documents, {
      keys: ['text'],
      includeScore: true,
      ignoreLocation: true,
      useTokenSearch: true,
      tokenize: tokens,
      threshold,
    });
    return (text) => {
      const found = search.search(normalize(text), { limit: 5 });
      return undecided(found.map(({ item, score = 1 }) => ({ entry: item.id, score: 1 - score })));
    };
  },
};
