import { buildIndex, type MatchIndex } from '../src/core/matching/build-index.ts';
import type { Match } from '../src/core/matching/types.ts';
import { understand } from '../src/core/matching/understand.ts';
import { type Ask, type Matcher, offeredChoices, type Reply } from './reply.ts';

/** Wenda as it runs. */
export const wenda: Matcher = {
  name: 'Wenda',
  build: ({ entries, options }) => askIndex(buildIndex(entries, options)),
};

/** Replies from an index, the way the conversation does. */
export function askIndex(index: MatchIndex): Ask {
  return (text) => replyOf(understand(index, text));
}

/** The reply to a message of which the matches are known: all sure answers, and one question back when unsure. */
export function replyOf(matches: readonly Match[]): Reply {
  const answered = [
    ...new Set(matches.flatMap(({ verdict, entry }) => (verdict === 'answer' && entry ? [entry] : []))),
  ];
  const unsure = matches.find(({ verdict }) => verdict === 'choose');
  const leading = matches.find(({ verdict }) => verdict === 'answer') ?? unsure ?? matches[0];
  const entriesOf = (match?: Match) => match?.candidates.map(({ entry }) => entry) ?? [];
  return {
    answered,
    offered: entriesOf(unsure).slice(0, offeredChoices),
    ranked: entriesOf(leading),
    confidence: leading?.confidence ?? 0,
  };
}
