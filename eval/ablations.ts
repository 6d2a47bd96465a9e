import { buildIndex, type IndexOptions } from '../src/core/matching/build-index.ts';
import { match } from '../src/core/matching/match.ts';
import type { Corpus, Matcher } from './reply.ts';
import { askIndex, replyOf } from './wenda.ts';

type Part = NonNullable<IndexOptions['without']>[number];

const parts: Readonly<Record<Part, string>> = {
  head: 'without the softmax head',
  lexicon: 'without the lexicon',
  repair: 'without typo repair',
  sound: 'without reading by sound (pinyin, homophones)',
};

/** Wenda without one of its parts each, to see what the part is good for. */
export const ablations: readonly Matcher[] = [
  ...(Object.keys(parts) as Part[]).map((part) => ({
    name: parts[part],
    build: (corpus: Corpus) => askIndex(buildIndex(corpus.entries, { ...corpus.options, without: [part] })),
  })),
  {
    name: 'without topics out of scope',
    build: ({ entries, options }) => askIndex(buildIndex(entries, { ...options, outOfScope: [] })),
  },
  {
    name: 'without finding the questions in a message',
    build: ({ entries, options }) => {
      const index = buildIndex(entries, options);
      return (text) => replyOf([match(index, text)]);
    },
  },
];
