import MiniSearch from 'minisearch';
import { normalize } from '../../src/core/matching/normalize.ts';
import type { Matcher } from '../reply.ts';
import { normalizedQuestions, undecided } from './ranking.ts';
import { tokens } from './tokens.ts';

/** MiniSearch (BM25+), an entry one document: far better than a question each. Fuzzy words and prefixes lose. */
export const miniSearch: Matcher = {
  name: 'MiniSearch',
  build: ({ entries }) => {
    const search = new MiniSearch<{ id: string; text: string }>({ fields: ['text'], tokenize: tokens });
    search.addAll(entries.map((entry) => ({ id: entry.id, text: normalizedQuestions(entry).join('\n') })));
    return (text) => undecided(search.search(normalize(text)).map(({ id, score }) => ({ entry: String(id), score })));
  },
};
