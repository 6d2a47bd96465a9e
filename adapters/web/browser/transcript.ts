import type { WireBody, WireLine, WireMessage } from '../wire.ts';

/** Something the visitor wrote or picked that has not come back in the transcript yet. */
export interface Pending {
  readonly id: string;
  readonly at: number;
  readonly body: Exclude<WireBody, { kind: 'arrival' }>;
  /** The text of its bubble. */
  readonly text: string;
  /** `refused`: the server will never take it; `code` says why. */
  readonly status: 'waiting' | 'sent' | 'refused';
  readonly code?: string;
}

/** What the page knows of the conversation. */
export interface Transcript {
  readonly lines: readonly WireLine[];
  readonly pending: readonly Pending[];
}

export const empty: Transcript = { lines: [], pending: [] };

/** The last of a list; the browsers inside WeChat may lack `at`. */
export function lastOf<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1];
}

/** The position up to which all lines are known. */
export function positionOf({ lines }: Transcript): number {
  return lastOf(lines)?.position ?? 0;
}

/** Adds a line from the server, which ends the bubble of its message. One that is known already changes nothing. */
export function addLine(transcript: Transcript, line: WireLine): Transcript {
  if (line.position <= positionOf(transcript)) return transcript;
  const pending = transcript.pending.filter(({ id }) => id !== line.id);
  const erased = line.author === 'bot' && line.message.erased;
  return { lines: erased ? [line] : [...transcript.lines, line], pending };
}

/** True while the bot answers: until a consultant joins, and again when they have left and it has spoken. */
export function botAnswers({ lines }: Transcript): boolean {
  const last = lastOf(lines.filter(({ author }) => author !== 'visitor'));
  return last === undefined || last.author === 'bot';
}

/** Which choices can be picked now, and which were picked before. */
export interface Picks {
  /** Position of the line whose choices, and whose feedback buttons, are active. */
  readonly choices: number | undefined;
  readonly feedback: number | undefined;
  /** By position: ids that were picked. */
  readonly picked: ReadonlyMap<number, ReadonlySet<string>>;
}

/** The latest choices are active until one of them is picked; the same for "did this help?". */
export function picksOf({ lines, pending }: Transcript): Picks {
  const picked = new Map<number, Set<string>>();
  let choices: BotLine | undefined;
  let feedback: BotLine | undefined;

  const pick = (find: (options: readonly Option[]) => readonly string[]) => {
    const chosen = choices && find(choices.message.choices ?? []);
    if (choices && chosen && chosen.length > 0) {
      mark(choices, chosen);
      choices = undefined;
      return;
    }
    const verdict = feedback?.message.feedback;
    const said = verdict ? find([verdict.yes, verdict.no]) : [];
    if (feedback && said.length > 0) {
      mark(feedback, said);
      feedback = undefined;
    }
  };
  const mark = ({ position }: BotLine, ids: readonly string[]) =>
    picked.set(position, new Set([...(picked.get(position) ?? []), ...ids]));

  for (const line of lines) {
    if (line.author === 'visitor') pick((options) => named(options, line.text));
    if (line.author !== 'bot') continue;
    if (line.message.choices) choices = line;
    if (line.message.feedback) feedback = line;
  }
  for (const { body, status } of pending) {
    if (status === 'refused') continue;
    const ids = body.kind === 'choice' ? body.ids : [];
    pick((options) => options.map(({ id }) => id).filter((id) => ids.includes(id)));
  }
  return { choices: choices?.position, feedback: feedback?.position, picked };
}

type Option = { readonly id: string; readonly label: string };
type BotLine = { readonly position: number; readonly message: WireMessage };

/** The transcript holds the labels of what was picked, joined (the id where a label was unknown): finds them again. */
function named(options: readonly Option[], text: string): readonly string[] {
  const exact = options.find(({ id, label }) => label === text || id === text);
  if (exact) return [exact.id];
  const within = options.filter(({ label }) => text.includes(label));
  const joined = [', ', '、'].some((separator) => within.map(({ label }) => label).join(separator) === text);
  return joined ? within.map(({ id }) => id) : [];
}
