import anyAscii from 'any-ascii';
import type { Token } from './tokenize.ts';

/** How the Chinese of the knowledge sounds: for finding what was meant by pinyin, or by a character of the same sound. */
export interface Sounds {
  /** Characters of each syllable (pinyin without tone), the most frequent first. */
  readonly charactersOf: ReadonlyMap<string, readonly string[]>;
  /** How often each pair of neighbouring characters occurs. */
  readonly pairs: ReadonlyMap<string, number>;
  /** How often each word in Latin script occurs. */
  readonly words: ReadonlyMap<string, number>;
  /** Words that are no pinyin, and may be stuck to it ("icpshishenme"). */
  readonly stuck: ReadonlySet<string>;
}

/** Of the characters with one sound so many are considered. */
const mostCharacters = 8;

/** The longest syllables are "zhuang", "chuang" and "shuang"; words stuck to pinyin are looked for up to this length. */
const longestPiece = 6;

/** What it costs to read another character than the one that was written: as much as a pair seen this often gains. */
const changeCost = Math.log(1 + 30);

/** Words that are at least so frequent are recognised where they are stuck to pinyin. */
const frequentWord = 20;

/** So many words in a row that can all be pinyin are hardly anything else, though each may be a word of its own. */
const longRun = 3;

/** How a character sounds: pinyin without tone, "v" for "ü" written as "u". */
function soundOf(character: string): string {
  return anyAscii(character).trim().toLowerCase();
}

/** Learns the sounds of the knowledge. */
export function buildSounds(texts: Iterable<readonly Token[]>): Sounds {
  const characters = new Map<string, number>();
  const pairs = new Map<string, number>();
  const words = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const tokens of texts) {
    for (const { text, han } of tokens) {
      if (!han) count(words, text);
      const run = han ? [...text] : [];
      run.forEach((character, at) => {
        count(characters, character);
        if (at > 0) count(pairs, `${run[at - 1]}${character}`);
      });
    }
  }
  const charactersOf = new Map<string, string[]>();
  for (const [character] of [...characters].sort((one, other) => other[1] - one[1])) {
    const sound = soundOf(character);
    const same = charactersOf.get(sound) ?? [];
    if (same.length < mostCharacters) charactersOf.set(sound, [...same, character]);
  }
  const sounds = { charactersOf, pairs, words, stuck: new Set<string>() };
  const stuck = [...words].filter(
    ([word, times]) => times >= frequentWord && word.length > 2 && !decode(sounds, [word]),
  );
  return { ...sounds, stuck: new Set(stuck.map(([word]) => word)) };
}

/**
 * The text with pinyin read as Chinese, and characters that make no known pair read as others of the same sound.
 * Undefined when there is nothing to read in another way.
 */
export function readBySound(sounds: Sounds, tokens: readonly Token[]): readonly Token[] | undefined {
  const runs = runsOf(sounds, tokens);
  const candidates = runs.filter(({ sounding }) => sounding).map((run) => run.tokens);
  const isPinyin = isStrange(sounds, candidates.flat()) || candidates.some((run) => run.length >= longRun);
  const read = runs.flatMap(({ tokens: run, sounding }) => {
    if (sounding && (isPinyin || isStrange(sounds, run))) return pinyin(sounds, run);
    return run.map((token) => (token.han ? sameSound(sounds, token) : token));
  });
  return read.length === tokens.length && read.every(({ text }, at) => text === tokens[at]!.text) ? undefined : read;
}

/** Neighbouring words that can all be pinyin, and what stands between them. */
interface Run {
  readonly tokens: readonly Token[];
  readonly sounding: boolean;
}

function runsOf(sounds: Sounds, tokens: readonly Token[]): readonly Run[] {
  const runs: { tokens: Token[]; sounding: boolean }[] = [];
  for (const token of tokens) {
    const sounding = !token.han && decode(sounds, [token.text]) !== undefined;
    const last = runs.at(-1);
    if (last?.sounding === sounding) last.tokens.push(token);
    else runs.push({ tokens: [token], sounding });
  }
  return runs;
}

/** Whether most of the letters are no words of the knowledge. */
function isStrange({ words }: Sounds, tokens: readonly Token[]): boolean {
  const letters = (some: readonly Token[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  return letters(tokens.filter(({ text }) => !words.has(text))) * 2 >= letters(tokens);
}

/** Words that can all be pinyin, read as such if people say what comes of it. */
function pinyin(sounds: Sounds, run: readonly Token[]): readonly Token[] {
  const read = decode(
    sounds,
    run.map(({ text }) => text),
  );
  return read && isSaid(sounds, read) ? read : run;
}

/** Whether people say such things: half of the pairs of characters are known. */
function isSaid({ pairs }: Sounds, tokens: readonly Token[]): boolean {
  const found = tokens.flatMap(({ text, han }) =>
    han ? [...text].slice(1).map((next, at) => [...text][at]! + next) : [],
  );
  return found.length > 0 && found.filter((pair) => pairs.has(pair)).length * 2 >= found.length;
}

/** A run of Chinese characters, those that fit nowhere replaced by others of the same sound. */
function sameSound(sounds: Sounds, token: Token): Token {
  const written = [...token.text];
  if (written.every((character, at) => at === 0 || sounds.pairs.has(`${written[at - 1]}${character}`))) return token;
  const steps = written.map((character) => {
    const others = sounds.charactersOf.get(soundOf(character)) ?? [];
    const readings = [...new Set([character, ...others])];
    return { readings: readings.map((text) => ({ text, gain: text === character ? 0 : -changeCost })) };
  });
  return { text: likeliest(sounds, steps).join(''), han: true };
}

interface Reading {
  readonly text: string;
  readonly gain: number;
}

interface Path {
  readonly text: string;
  readonly score: number;
  readonly before: Path | undefined;
}

function likeliest(sounds: Sounds, steps: readonly { readonly readings: readonly Reading[] }[]): readonly string[] {
  let paths: readonly Path[] = [{ text: '', score: 0, before: undefined }];
  for (const { readings } of steps) paths = readings.map((reading) => extend(sounds, paths, reading));
  return trace(bestOf(paths));
}

/** The best way to come to a reading. */
function extend({ pairs }: Sounds, paths: readonly Path[], { text, gain }: Reading): Path {
  let best: Path | undefined;
  for (const path of paths) {
    const score = path.score + gain + Math.log(1 + (pairs.get(path.text + text) ?? 0));
    if (!best || score > best.score) best = { text, score, before: path };
  }
  return best!;
}

function bestOf(paths: readonly Path[]): Path {
  return paths.reduce((best, path) => (path.score > best.score ? path : best));
}

function trace(path: Path): readonly string[] {
  const texts: string[] = [];
  for (let at: Path | undefined = path; at?.before; at = at.before) texts.push(at.text);
  return texts.reverse();
}

/** Words read as pinyin: the likeliest characters, or words where those are likelier. Undefined if they are neither. */
function decode(sounds: Sounds, written: readonly string[]): readonly Token[] | undefined {
  let paths: readonly Path[] = [{ text: '', score: 0, before: undefined }];
  for (const word of written) {
    const times = sounds.words.get(word);
    const asWord = times === undefined || written.length === 1 ? [] : [{ text: word, gain: Math.log(1 + times) }];
    const ends = [...syllables(sounds, word, paths), ...asWord.map((reading) => extend(sounds, paths, reading))];
    if (ends.length === 0) return undefined;
    paths = ends;
  }
  return join(trace(bestOf(paths)));
}

/** All ways through one word, syllable by syllable. */
function syllables(sounds: Sounds, word: string, from: readonly Path[]): readonly Path[] {
  const letters = word.replaceAll('v', 'u');
  const ways: (readonly Path[] | undefined)[] = [from];
  for (let at = 0; at < letters.length; at++) {
    const here = ways[at];
    if (!here) continue;
    for (let length = 1; length <= longestPiece && at + length <= letters.length; length++) {
      const piece = letters.slice(at, at + length);
      const readings = [...(sounds.charactersOf.get(piece) ?? []), ...(sounds.stuck.has(piece) ? [piece] : [])];
      const next = readings.map((text) => extend(sounds, here, { text, gain: 0 }));
      if (next.length > 0) ways[at + length] = [...(ways[at + length] ?? []), ...next];
    }
  }
  return ways[letters.length] ?? [];
}

function join(pieces: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  for (const text of pieces) {
    const han = !/^[a-z]/.test(text);
    const last = tokens.at(-1);
    if (han && last?.han) tokens[tokens.length - 1] = { text: last.text + text, han };
    else tokens.push({ text, han });
  }
  return tokens;
}
