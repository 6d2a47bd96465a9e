import type { MatchIndex } from '../matching/build-index.ts';
import { type HeldOut, holdOutEach, questionVectors } from '../matching/hold-out.ts';
import { nearPairs } from '../matching/near.ts';
import type { Language } from '../message.ts';
import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';
import type { OutOfScopeTopic } from './out-of-scope.ts';

/** A question with its place in the files. */
export interface PlacedQuestion {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  readonly language: Language;
  readonly text: string;
}

/** A question that its own entry does not win once it is held out. */
export interface Collision extends Pick<HeldOut, 'verdict' | 'confidence'> {
  readonly question: PlacedQuestion;
  readonly entry: string;
  /** The entry, or topic out of scope, that wins instead; null where nothing has a word of the question. */
  readonly winner: string | null;
  /** Whether the bot would act on it: answer with the winner, or refuse the question as being about it. */
  readonly decided: boolean;
}

/** Two questions this near (cosine) say the same to the matcher. */
const same = 0.95;

/**
 * So many questions of one entry, and this share of all it has, that another one takes are a pattern. Single ones there
 * are in any knowledge: the bot answers from where a few in a hundred held-out questions go wrong.
 */
const pattern = { fewest: 3, share: 1 / 30 };

/** How many of them a finding quotes. */
const quoted = 3;

/** An entry that wins less than this share of its questions in a language is hard to reach in it. */
const reachable = 1 / 3;

/** Of fewer questions than this nothing can be said. */
const fewest = 8;

/** All questions, in the order in which the index has them. */
export function placeQuestions(
  entries: readonly Sourced<Pick<Entry, 'questions'>>[],
  outOfScope: readonly Sourced<readonly Pick<OutOfScopeTopic, 'questions'>[]>[],
): readonly PlacedQuestion[] {
  const place = (file: string, path: readonly PropertyKey[], questions: Entry['questions']) =>
    (['en', 'zh'] as const).flatMap((language) =>
      questions[language].map((text, at) => ({ file, path: [...path, 'questions', language, at], language, text })),
    );
  return [
    ...entries.flatMap(({ file, value }) => place(file, [], value.questions)),
    ...outOfScope.flatMap(({ file, value }) => value.flatMap((topic, at) => place(file, [at], topic.questions))),
  ];
}

/** What holding every question against all others shows; takes some seconds for thousands of questions. */
export function checkCollisions(
  index: MatchIndex,
  questions: readonly PlacedQuestion[],
): { readonly findings: readonly Finding[]; readonly collisions: readonly Collision[] } {
  const vectors = questionVectors(index);
  const held = holdOutEach(index, vectors);
  const idOf = (entry: number) => index.entries[entry]?.id ?? '';
  const collisions = held.flatMap(({ entry, winner, verdict, confidence }, at): readonly Collision[] => {
    const question = questions[at];
    // A topic out of scope loses only a question that would be answered.
    const isLost = entry < index.answering ? winner !== entry : verdict === 'answer';
    const decided = verdict === 'answer' || winner >= index.answering;
    const told = { entry: idOf(entry), winner: winner < 0 ? null : idOf(winner), verdict, confidence, decided };
    return question && isLost ? [{ question, ...told }] : [];
  });
  const near = nearPairs(index.scorer.questions, vectors, same).flatMap(([one, other]): readonly Finding[] => {
    const [question, twin] = [questions[one], questions[other]];
    const [own, owner] = [held[one], held[other]];
    if (!question || !twin || !own || !owner || own.entry === owner.entry) return [];
    const message = `"${question.text}" is nearly the same as "${twin.text}" of ${idOf(owner.entry)}`;
    const remedy = 'put one of the two so that it says what tells the entries apart, or delete it';
    return [{ ...place(question), level: 'warning', message, remedy }];
  });
  return { findings: [...near, ...patterns(index, collisions), ...unreachable(index, questions, held)], collisions };
}

/** Pairs of entries of which one takes several questions of the other. */
function patterns({ entries }: MatchIndex, collisions: readonly Collision[]): readonly Finding[] {
  const pairs = Map.groupBy(
    collisions.filter(({ decided }) => decided),
    ({ entry, winner, verdict }) => `${entry} ${verdict} ${winner}`,
  );
  const sizes = new Map(entries.map(({ id, questions }) => [id, questions.en.length + questions.zh.length]));
  return [...pairs.values()].flatMap((lost): readonly Finding[] => {
    const [first] = lost;
    if (!first || lost.length < pattern.fewest || lost.length < pattern.share * (sizes.get(first.entry) ?? 0))
      return [];
    const { entry, winner, verdict } = first;
    const texts = lost.slice(0, quoted).map(({ question }) => `"${question.text}"`);
    const fate = verdict === 'answer' ? `answered with ${winner}` : `refused as ${winner}`;
    const message = `${lost.length} questions of ${entry} would be ${fate} if they did not stand here, such as ${texts.join(', ')}`;
    const remedy = `add questions that tell ${entry} and ${winner} apart, to both`;
    return [{ ...place(first.question), level: 'warning', message, remedy }];
  });
}

function unreachable(
  { entries, answering }: MatchIndex,
  questions: readonly PlacedQuestion[],
  held: readonly HeldOut[],
): readonly Finding[] {
  const groups = Map.groupBy(
    held.map((one, at) => ({ ...one, question: questions[at] })).filter(({ entry }) => entry < answering),
    ({ entry, question }) => `${entry} ${question?.language}`,
  );
  return [...groups.values()].flatMap((own): readonly Finding[] => {
    const [first] = own;
    const won = own.filter(({ entry, winner }) => entry === winner).length;
    if (!first?.question || own.length < fewest || won >= own.length * reachable) return [];
    const { file, path, language } = first.question;
    const name = language === 'en' ? 'English' : 'Chinese';
    const message = `${entries[first.entry]?.id} is hard to find in ${name}: of its ${own.length} questions it would win ${won} if they did not stand here`;
    const remedy = 'use the words of the subject more often, or move what belongs to another entry';
    return [{ file, path: path.slice(0, -1), level: 'warning', message, remedy }];
  });
}

function place({ file, path, text }: PlacedQuestion) {
  return { file, path, quote: text };
}
