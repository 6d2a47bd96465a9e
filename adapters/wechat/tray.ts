import type { ConversationId, Store } from '../../src/ports.ts';

/** What these channels note with a conversation. Erased together with it. */
export interface Tray {
  /** The last answers by the key of what they answer: who asks again gets the same. */
  readonly answers: readonly { readonly key: string; readonly text: string }[];
  /** Pieces of the last message that the visitor has not asked for yet. */
  readonly rest: readonly string[];
  /** Messages sent since each permission was given. */
  readonly spent: { readonly [permission: string]: { readonly since: number; readonly count: number } };
  /** Keys of messages that are being sent: were the program to die now, nobody would know whether they arrived. */
  readonly sending: readonly string[];
  /** Messages by the id under which the platform knows them, the last ones. */
  readonly ids: readonly { readonly id: string; readonly keys: readonly string[] }[];
  /** When the visitor was passed on to the platform's own desk. */
  readonly transferredAt?: number;
}

const empty: Tray = { answers: [], rest: [], spent: {}, sending: [], ids: [] };

/** Platforms try a request three times; more than these can hardly be under way in one conversation. */
const keptAnswers = 4;

/** What is noted with a conversation. */
export async function readTray(store: Pick<Store, 'recall'>, conversation: ConversationId): Promise<Tray> {
  const note = await store.recall(conversation);
  return note === undefined ? empty : { ...empty, ...(JSON.parse(note) as Partial<Tray>) };
}

/** The note to be kept. */
export function written(tray: Tray): string {
  return JSON.stringify(tray);
}

/** The answer that was given under this key. */
export function answerOf({ answers }: Tray, key: string): string | undefined {
  return answers.find((answer) => answer.key === key)?.text;
}

/** The tray after these pieces were given as the answer to this key: the first is said, the others wait. */
export function withAnswer(tray: Tray, key: string, pieces: readonly string[]): Tray {
  const [text = '', ...rest] = pieces;
  return {
    ...tray,
    rest,
    answers: [...tray.answers.filter((answer) => answer.key !== key), { key, text }].slice(-keptAnswers),
  };
}
