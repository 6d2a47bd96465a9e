import type { DictGroup, DictLike } from 'opencc-js/core';

/** A way of converting Chinese as OpenCC describes it: put in order, cut into phrases, then one step after the other. */
export interface Conversion {
  readonly normalizationChain?: readonly DictGroup[];
  readonly segmentation?: DictLike;
  readonly conversionChain: readonly DictGroup[];
}

type Pair = readonly [from: string, to: string];

interface Table {
  readonly words: ReadonlyMap<string, string>;
  /** The length of the longest word that begins with a UTF-16 unit. */
  readonly longest: Uint8Array;
}

/**
 * Converts as the converter of opencc-js does from the same dictionaries, but keeps them as flat tables: its tries take
 * 48 MB for traditional Chinese. Ideographic description sequences are not treated as one character.
 */
export function createConverter(conversion: Conversion | undefined): (text: string) => string {
  if (!conversion) throw new Error('opencc-js has no such conversion');
  const { normalizationChain = [], segmentation, conversionChain } = conversion;
  const read = createReader();
  const order = normalizationChain.map((group) => tableOf(group, read));
  // The types of opencc-js call it one dictionary; it is a list of them.
  const phrases = segmentation && tableOf([segmentation].flat() as DictGroup, read);
  const steps = conversionChain.map((group) => tableOf(group, read));
  const runThrough = (tables: readonly Table[], text: string) =>
    tables.reduce((converted, table) => pieces(table, converted, (word) => table.words.get(word) ?? word), text);
  return (text) => {
    const ordered = runThrough(order, text);
    return phrases ? pieces(phrases, ordered, (piece) => runThrough(steps, piece)) : runThrough(steps, ordered);
  };
}

/** Cuts a text into the words of a table and what lies between, changes each, and joins them again. */
function pieces(table: Table, text: string, change: (piece: string) => string): string {
  let joined = '';
  let between = 0;
  for (let at = 0; at < text.length; ) {
    const end = wordEnd(table, text, at);
    if (end === 0) {
      at++;
      continue;
    }
    if (between < at) joined += change(text.slice(between, at));
    joined += change(text.slice(at, end));
    at = end;
    between = end;
  }
  return between < text.length ? joined + change(text.slice(between)) : joined;
}

/** Where the longest word that begins here ends; 0 when there is none. */
function wordEnd({ words, longest }: Table, text: string, at: number): number {
  const most = Math.min(at + (longest[text.charCodeAt(at)] ?? 0), text.length);
  for (let end = most; end > at; end--) if (words.has(text.slice(at, end))) return end;
  return 0;
}

/** The table of several dictionaries; where two have the same word, the first one counts. */
function tableOf(group: DictGroup, read: (dict: DictLike) => readonly Pair[]): Table {
  const words = new Map<string, string>();
  const longest = new Uint8Array(0x10000);
  for (const [from, to] of group.flatMap(read)) {
    if (words.has(from)) continue;
    words.set(from, to);
    const first = from.charCodeAt(0);
    longest[first] = Math.max(longest[first] ?? 0, from.length);
  }
  return { words, longest };
}

/** Reads each dictionary once, so that the tables share their strings. */
function createReader(): (dictionary: DictLike) => readonly Pair[] {
  const known = new Map<DictLike, readonly Pair[]>();
  return (dictionary) => {
    const pairs = known.get(dictionary) ?? parse(dictionary);
    known.set(dictionary, pairs);
    return pairs;
  };
}

function parse(dictionary: DictLike): readonly Pair[] {
  if (typeof dictionary !== 'string') return dictionary;
  return dictionary.split('|').map((line): Pair => {
    const [from = '', to = ''] = line.split(' ');
    return [from, to];
  });
}
