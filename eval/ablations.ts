import { buildIndex, type MatchIndex } from '../src/core/matching/build-index.ts';
import { match } from '../src/core/matching/match.ts';
import type { Matcher } from './reply.ts';
import { askIndex, replyOf } from './wenda.ts';

/** Wenda without one of its parts each, to see what the part is good for. */
export const ablations: readonly Matcher[] = [
  { name: 'without typo repair', build: (entries) => askIndex(withoutRepair(buildIndex(entries))) },
  {
    name: 'without finding the questions in a message',
    build: (entries) => {
      const index = buildIndex(entries);
      return (text) => replyOf([match(index, text)]);
    },
  },
];

function withoutRepair(index: MatchIndex): MatchIndex {
  return { ...index, vocabulary: { ...index.vocabulary, neighbours: new Map() } };
}
