import Fuse, { type RangeTuple } from 'fuse.js';
import { toTraditional } from './conversation/script.ts';
import type { Entry } from './knowledge/entry.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { MatchIndex } from './matching/build-index.ts';
import { read } from './matching/match.ts';
import { simplify } from './matching/simplify.ts';
import type { Language, Suggestion, SuggestionPart } from './message.ts';

/** Shorter texts (characters) say nothing yet, longer ones are no longer a question that others have asked. */
const length = { least: 2, most: 80 };

/** Of each entry the title and so many questions are looked through: all of them would take too long while typing. */
const searchedQuestions = 12;

/** Words, and pairs of Chinese characters: Chinese has no spaces between words. */
const word = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const startsHan = /^\p{Script=Han}/u;

/** What is found in the middle of a word is chance ("an" in "meaning"). */
const insideWord = /^[[\p{L}\p{N}]--\p{Script=Han}]{2}$/v;

/** Suggests entries for what a visitor is writing, best first, at most five. Pure. */
export type Suggest = (text: string, language: Language) => readonly Suggestion[];

/**
 * Prepares suggestions. The matcher finds the entries (it knows the words of all questions, and takes a fraction of a
 * millisecond); Fuse finds the question of each that is most like the text, and what to highlight.
 */
export function createSuggest({ entries }: Knowledge, index: MatchIndex): Suggest {
  const known = new Map(
    [...entries.values()]
      .filter(({ status }) => status !== 'meta')
      .map((entry) => [entry.id, { en: textsOf(entry, 'en'), zh: textsOf(entry, 'zh') }]),
  );
  return (written, language) => {
    const text = written.trim();
    const size = [...text].length;
    if (size < length.least || size > length.most) return [];
    const { match, bySound } = read(index, text);
    const [first] = match.candidates;
    // A greeting or a wish for a consultant needs no suggestion, and a topic out of scope has none.
    if (match.outOfScope || !first || !known.has(first.entry)) return [];
    const sought = bySound ? bySound.map((token) => token.text).join(' ') : simplify(text);
    const languages: readonly Language[] = match.language === 'zh' ? ['zh'] : language === 'zh' ? ['zh', 'en'] : ['en'];
    return match.candidates.flatMap(({ entry }) => {
      const texts = languages.flatMap((one) => known.get(entry)?.[one] ?? []);
      const [found] = texts.flatMap((one) => find(one, sought) ?? []);
      const suggested = found ?? (entry === match.entry ? texts.map(titled)[0] : undefined);
      return suggested ? [{ entry, ...(match.script ? inTraditional(suggested) : suggested) }] : [];
    });
  };
}

type Found = Omit<Suggestion, 'entry'>;

/** What can be shown of an entry in one language. */
interface Texts {
  readonly language: Language;
  readonly title: string;
  readonly fuse: Fuse<string>;
}

function textsOf(entry: Entry, language: Language): Texts | undefined {
  const { [language]: questions } = entry.questions;
  const title = entry.title[language] ?? questions[0];
  if (title === undefined) return undefined;
  const fuse = new Fuse([title, ...questions.slice(0, searchedQuestions)], {
    includeMatches: true,
    threshold: 0.2,
    ignoreLocation: true,
    minMatchCharLength: 2,
    useTokenSearch: true,
    tokenize,
  });
  return { language, title, fuse };
}

function titled({ language, title }: Texts): Found {
  return { language, title: [{ text: title, found: false }] };
}

/** The title or question that is most like the text; undefined when none is. */
function find(texts: Texts, sought: string): Found | undefined {
  const [best] = texts.fuse.search(sought, { limit: 1 });
  if (!best) return undefined;
  const parts = partsOf(best.item, best.matches?.flatMap(({ indices }) => indices) ?? []);
  if (!parts.some(({ found }) => found)) return undefined;
  return best.item === texts.title ? { language: texts.language, title: parts } : { ...titled(texts), question: parts };
}

function tokenize(text: string): string[] {
  return (text.match(word) ?? []).flatMap((run) => (startsHan.test(run) && run.length > 2 ? pairs([...run]) : [run]));
}

function pairs(characters: readonly string[]): readonly string[] {
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** Cuts a text into what was found and what was not; ranges are from first to last, and may overlap. */
function partsOf(text: string, ranges: readonly RangeTuple[]): readonly SuggestionPart[] {
  const isFound = new Uint8Array(text.length);
  for (const [from, to] of ranges)
    if (!insideWord.test(text.slice(Math.max(0, from - 1), from + 1))) isFound.fill(1, from, to + 1);
  const parts: SuggestionPart[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + 1;
    while (to < text.length && isFound[to] === isFound[from]) to++;
    parts.push({ text: text.slice(from, to), found: isFound[from] === 1 });
    from = to;
  }
  return parts;
}

function inTraditional({ language, title, question }: Found): Found {
  const converted = (parts: readonly SuggestionPart[]) =>
    parts.map(({ text, found }) => ({ text: toTraditional(text), found }));
  return { language, title: converted(title), ...(question && { question: converted(question) }) };
}
