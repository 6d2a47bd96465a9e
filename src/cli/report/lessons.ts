import { stringify } from 'yaml';
import { readPick } from '../../core/conversation/pick.ts';
import { detectLanguage } from '../../core/language.ts';
import { type MatchableEntry, wordingOf } from '../../core/matching/build-index.ts';
import { normalize } from '../../core/matching/normalize.ts';
import { simplify } from '../../core/matching/simplify.ts';
import { tokenize } from '../../core/matching/tokenize.ts';
import type { Choice, Language } from '../../core/message.ts';
import { redact } from '../redact.ts';
import { answeredIn, type Happening } from './happenings.ts';

/** What visitors taught, for a person to decide on. Texts of visitors are masked in it. */
export interface Lessons {
  /** Texts after which a visitor picked this entry when asked which is meant; most frequent first. */
  readonly proposed: readonly Proposal[];
  /** Questions whose answer the visitor did not find helpful; most frequent first. */
  readonly perhapsWrong: readonly { readonly entry: string; readonly text: string; readonly times: number }[];
}

/** A new question of an entry. */
export interface Proposal {
  readonly entry: string;
  readonly language: Language;
  readonly text: string;
  readonly times: number;
  /** The item of the YAML list to paste below `questions` and the language in the file of the entry. */
  readonly line: string;
}

/** A text that stands for an entry, as one visitor had it. */
interface Meant {
  readonly entry: string;
  readonly text: string;
}

/** Learns from picks and feedback. What is a question of its entry already is not proposed, nor are entries gone. */
export function lessons(happenings: readonly Happening[], entries: readonly MatchableEntry[]): Lessons {
  const told = [...Map.groupBy(happenings, ({ conversation }) => conversation).values()].map(learn);
  const questionsOf = new Map(
    entries.map(({ id, questions }) => [id, new Set([...questions.en, ...questions.zh].map(wording))]),
  );
  const proposed = grouped(told.flatMap(({ picked }) => picked)).filter(({ entry, text }) => {
    const questions = questionsOf.get(entry);
    return questions !== undefined && !questions.has(wording(text));
  });
  return {
    proposed: proposed.map(({ entry, text, times }) => ({
      entry,
      language: detectLanguage(text).language ?? 'en',
      text,
      times,
      line: stringify([text], { lineWidth: 0 }).trimEnd(),
    })),
    perhapsWrong: grouped(told.flatMap(({ unhelpful }) => unhelpful)),
  };
}

/** What one conversation teaches. A pick whose answer did not help was no good one. */
function learn(happenings: readonly Happening[]) {
  const picked: Meant[] = [];
  const unhelpful: Meant[] = [];
  /** The text that led to each entry. */
  const textOf = new Map<string, string>();
  let asked: { readonly text: string; readonly choices: readonly Choice[] } | undefined;
  let last: string | undefined;
  for (const happening of happenings) {
    const { event, replies } = happening;
    const pick = asked && pickedIn(happening, asked.choices);
    if (asked && pick !== undefined) {
      picked.push({ entry: pick, text: asked.text });
      textOf.set(pick, asked.text);
    }
    const matches = event.type === 'said' ? event.matches : [];
    const answered = answeredIn(replies);
    for (const { entry, text } of matches) if (entry !== null && answered.includes(entry)) textOf.set(entry, text);
    const complaint = complaintIn(happening, last);
    const text = complaint !== undefined && textOf.get(complaint);
    if (complaint !== undefined && text) unhelpful.push({ entry: complaint, text });
    const unsure = matches.find(({ verdict }) => verdict === 'choose');
    asked = unsure && replies.asked && { text: unsure.text, choices: replies.asked };
    last = answered.at(-1) ?? last;
  }
  const isBad = (one: Meant) => unhelpful.some(({ entry, text }) => entry === one.entry && text === one.text);
  return { picked: picked.filter((one) => !isBad(one)), unhelpful };
}

/** The entry that was picked, by a click, its number, its label or a yes. */
function pickedIn({ event, replies }: Happening, choices: readonly Choice[]): string | undefined {
  if (event.type === 'chose') return entryOf(choices.find(({ id }) => id === event.choices[0]));
  const labels = choices.map(({ label }) => simplify(label));
  const position = readPick(simplify(event.text), labels)?.[0];
  if (position !== undefined) return entryOf(choices[position]);
  // A text that the matcher itself was sure of is a new question.
  const answered = answeredIn(replies).filter((id) => !event.matches.some(({ entry }) => entry === id));
  return choices.map(entryOf).find((id) => id !== undefined && answered.includes(id));
}

function entryOf(choice: Choice | undefined): string | undefined {
  return /^entry:(.+)$/.exec(choice?.id ?? '')?.[1];
}

/** The entry whose answer did not help: the one of the button, or the last one for a visitor who says so. */
function complaintIn({ event, replies }: Happening, last: string | undefined): string | undefined {
  if (event.type === 'chose') return /^feedback:no:(.+)$/.exec(event.choices[0] ?? '')?.[1];
  return replies.refs.includes('feedback.sorry') ? last : undefined;
}

/** What the matcher takes for the same question. */
function wording(text: string): string {
  return wordingOf(tokenize(normalize(text)));
}

/** Equal ones together, masked, most frequent first; without those that say nothing. */
function grouped(all: readonly Meant[]): readonly (Meant & { readonly times: number })[] {
  const groups = new Map<string, Meant & { readonly times: number }>();
  for (const { entry, text } of all) {
    const shown = redact(text).replace(/\s+/g, ' ').trim();
    const key = `${entry} ${wording(shown)}`;
    groups.set(key, { entry, text: shown, ...groups.get(key), times: (groups.get(key)?.times ?? 0) + 1 });
  }
  return [...groups.values()].filter(({ text }) => wording(text) !== '').sort((one, other) => other.times - one.times);
}
