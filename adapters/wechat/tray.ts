import type { ConversationId, Store } from '../../src/ports.ts';
import { createInOrder } from './in-order.ts';

/** What these channels note with a conversation. Erased together with it. */
export interface Tray {
  /** The last answers by the key of what they answer: who asks again gets the same. */
  readonly answers: readonly { readonly key: string; readonly text: string }[];
  /** Pieces of the last message that the visitor has not asked for yet. */
  readonly rest: readonly string[];
  /** Messages sent since each permission was given. */
  readonly spent: { readonly [permission: string]: { readonly id: string; readonly count: number } };
  /** Keys of messages that are being sent: were the program to die now, nobody would know whether they arrived. */
  readonly sending: readonly string[];
  /** Key of a message whose words were sent, while its file is still to come. */
  readonly parted: string;
  /** Messages by the id under which the platform knows them, the last ones. */
  readonly ids: readonly { readonly id: string; readonly keys: readonly string[] }[];
  /** When a session of 微信客服 was last seen to be ours; 0 when it is not. */
  readonly servedSince: number;
  /** When the visitor was passed on to WeChat's own desk; 0 when not. */
  readonly transferredAt: number;
  /** When a person last wrote on the phone of the account itself; 0 when never. */
  readonly spokeAt: number;
  /** When a file was last sent from the account by us; 0 when never. */
  readonly sentFileAt: number;
}

const empty: Tray = {
  answers: [],
  rest: [],
  spent: {},
  sending: [],
  parted: '',
  ids: [],
  servedSince: 0,
  transferredAt: 0,
  spokeAt: 0,
  sentFileAt: 0,
};

/** Platforms try a request three times; more than these can hardly be under way in one conversation. */
const keptAnswers = 4;

/** The trays of all conversations. Changes of one conversation happen one after the other. */
export interface Trays {
  read(conversation: ConversationId): Promise<Tray>;
  change(conversation: ConversationId, changed: (tray: Tray) => Tray): Promise<void>;
  /** Settles fetched messages as sent together with a change. */
  hand(conversation: ConversationId, ids: readonly number[], changed: (tray: Tray) => Tray): Promise<void>;
}

/** Opens the trays. */
export function createTrays(store: Pick<Store, 'recall' | 'keep' | 'hand'>): Trays {
  const inOrder = createInOrder();
  async function read(conversation: ConversationId): Promise<Tray> {
    const note = await store.recall(conversation);
    return note === undefined ? empty : { ...empty, ...(JSON.parse(note) as Partial<Tray>) };
  }
  return {
    read,
    change: (conversation, changed) =>
      inOrder(conversation, async () => store.keep(conversation, JSON.stringify(changed(await read(conversation))))),
    hand: (conversation, ids, changed) =>
      inOrder(conversation, async () =>
        store.hand(conversation, ids, JSON.stringify(changed(await read(conversation)))),
      ),
  };
}

/** The answer that was given under this key. */
export function answerOf({ answers }: Tray, key: string): string | undefined {
  return answers.find((answer) => answer.key === key)?.text;
}

/** The tray after these pieces were given as the answer to this key: the first is said, the others wait. */
export function withAnswer(tray: Tray, key: string, pieces: readonly string[]): Tray {
  const [text = '', ...rest] = pieces;
  const before = tray.answers.filter((answer) => answer.key !== key);
  return { ...tray, rest, answers: [...before, { key, text }].slice(-keptAnswers) };
}
