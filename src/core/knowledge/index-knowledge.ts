import { buildIndex, type MatchIndex } from '../matching/build-index.ts';
import type { Knowledge } from './knowledge.ts';

/** Builds the index for matching out of everything that the knowledge says about questions; takes a moment. */
export function indexKnowledge({ entries, outOfScope, concepts }: Knowledge): MatchIndex {
  return buildIndex([...entries.values()], { outOfScope: [...outOfScope.values()], concepts });
}
