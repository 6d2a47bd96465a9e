import { type Calibration, calibrate } from './calibrate.ts';
import { classesOf } from './head.ts';
import { buildLexicon, type Concept, conceptsIn, type Lexicon } from './lexicon.ts';
import { normalize } from './normalize.ts';
import { buildVocabulary, type Vocabulary } from './repair.ts';
import { buildScorer, type Scorer } from './scorer.ts';
import { buildSounds, type Sounds } from './sound.ts';
import { featuresOf, piecesOf, type Token, tokenize } from './tokenize.ts';
import { learnFeatures, vectorOf } from './vector.ts';

/** What the matcher needs of an entry. */
export interface MatchableEntry {
  readonly id: string;
  readonly topic?: string;
  /** A few words for the entry; with them a question that only makes sense after its answer is understood. */
  readonly title?: { readonly en?: string | undefined; readonly zh?: string | undefined };
  readonly status?: string;
  readonly action?: string | undefined;
  readonly questions: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

/** What the matcher can use beside the entries, and what it can do without (for measuring what each is worth). */
export interface IndexOptions {
  /** Topics that no entry answers: a text about one of them is refused. */
  readonly outOfScope?: readonly Pick<MatchableEntry, 'id' | 'questions'>[];
  /** Words that mean the same. */
  readonly concepts?: Readonly<Record<string, Concept>>;
  readonly without?: readonly ('head' | 'repair' | 'lexicon' | 'sound')[];
}

/** The index: built once from the entries, then only read. */
export interface MatchIndex {
  /** Those that answer, then the topics out of scope. */
  readonly entries: readonly MatchableEntry[];
  /** How many of the entries answer. */
  readonly answering: number;
  readonly scorer: Scorer;
  readonly vocabulary: Vocabulary;
  readonly lexicon: Lexicon | undefined;
  readonly sounds: Sounds | undefined;
  readonly calibration: Calibration;
  /** The entry of each wording, for texts that are exactly a question; -1 where two entries have the same. */
  readonly exact: ReadonlyMap<string, number>;
}

/** Builds the index over the questions of all entries, in both languages together. Linear in the number of questions. */
export function buildIndex(answers: readonly MatchableEntry[], options: IndexOptions = {}): MatchIndex {
  const { outOfScope = [], concepts, without = [] } = options;
  const entries = [...answers, ...outOfScope];
  const tokens = entries.map(({ questions }) =>
    [...questions.en, ...questions.zh].map((text) => tokenize(normalize(text))),
  );
  const lexicon = concepts && !without.includes('lexicon') ? buildLexicon(concepts) : undefined;
  const { features, matrix } = learnFeatures(allFeatures(tokens, lexicon));
  const entryOf = Int32Array.from(tokens.flatMap((texts, entry) => texts.map(() => entry)));
  const classOf = classesOf(entries.length, answers.length);
  const learn = (rows: Int32Array) =>
    buildScorer(
      features,
      matrix,
      rows,
      rows.map((row) => entryOf[row]!),
      classOf,
      !without.includes('head'),
    );
  return {
    entries,
    answering: answers.length,
    scorer: learn(entryOf.map((_, row) => row)),
    lexicon,
    sounds: without.includes('sound') ? undefined : buildSounds(tokens.flat()),
    vocabulary: buildVocabulary(without.includes('repair') ? [] : tokens.flat()),
    calibration: calibrate({
      entryOf,
      entries: entries.length,
      answering: answers.length,
      learn,
      vector: (row) => vectorOf(features, matrix, row),
    }),
    exact: wordings(tokens),
  };
}

/** The features of each question, one entry after the other. */
function* allFeatures(entries: readonly (readonly (readonly Token[])[])[], lexicon: Lexicon | undefined) {
  const known = new Map<string, readonly string[]>();
  const pieces = (word: string) => {
    const found = known.get(word) ?? piecesOf(word);
    known.set(word, found);
    return found;
  };
  for (const texts of entries)
    yield texts.map((text) => featuresOf(text, lexicon && conceptsIn(lexicon, text), pieces));
}

function wordings(tokens: readonly (readonly (readonly Token[])[])[]): ReadonlyMap<string, number> {
  const entryOf = new Map<string, number>();
  for (const [entry, texts] of tokens.entries()) {
    for (const text of texts) {
      const wording = wordingOf(text);
      entryOf.set(wording, (entryOf.get(wording) ?? entry) === entry ? entry : -1);
    }
  }
  return entryOf;
}

/** What a text says, punctuation aside. */
export function wordingOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}
