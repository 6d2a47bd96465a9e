import { createHash } from 'node:crypto';
import type { AttachedFile, Outgoing } from '../../src/core/message.ts';
import { type Allowance, type Delivery, SendError, type StoredFile } from '../../src/ports.ts';
import { Unanswered } from './api/request.ts';
import { explainFailure, type Meaning, sendError, settlementOf } from './failure.ts';
import { type Grant, grants, type Permissions, readPlace, spend, spendAll } from './ledger.ts';
import type { CommonOptions } from './options.ts';
import type { Tray, Trays } from './tray.ts';

/** How long what stands behind a message is held while it is sent, ms. */
const lease = 15_000;

/** After this time too little is left of what one delivery may take to send a file too, ms. */
const handOverTime = 2_500;

/** Messages whose failure the platform may still report. */
const keptIds = 10;

type Free = (messages: readonly Outgoing[], id: string) => Promise<readonly string[]>;

/** What differs between the platforms. */
export interface Platform {
  readonly permissions: Permissions;
  readonly meanings: Readonly<Record<number, Meaning>>;
  /** Whether the platform takes a message with a known id only once. */
  readonly repeatable: boolean;
  /** What becomes of a message that cannot be sent now, in one sentence. */
  readonly onReply: string;
  /** Whether these can be said as one message. */
  fits(messages: readonly Outgoing[]): boolean;
  /** Sends texts as one message; what does not fit is given back, to be asked for. `id`: the same for every attempt. */
  transmit(conversation: string, messages: readonly Outgoing[], id: string): Promise<readonly string[]>;
  /** Why this file cannot be sent there, if so, and what to do. */
  refuses(file: AttachedFile): string | undefined;
  /** Hands a file over, which does not send it yet; resolves to its media id. */
  handOver(file: StoredFile): Promise<string>;
  /** Sends a file that was handed over, as a message of its own. */
  transmitFile(conversation: string, file: AttachedFile, media: string, id: string): Promise<void>;
  /** A way to send this message that costs nothing, if there is one. */
  freely?(delivery: Delivery, now: number): Free | undefined;
  /** Throws a `SendError` when somebody else has the conversation; called before each message. */
  check?(conversation: string): Promise<void>;
}

/** What goes out of a message that carries a file, as a message of its own. */
interface Part {
  readonly name: 'words' | 'file' | 'named';
  transmit(id: string): Promise<readonly string[] | undefined>;
}

/** Carries messages out on our own accord, within what the platform permits. */
export interface Sender {
  send(delivery: Delivery): Promise<void>;
  allowance(conversation: string): Promise<Allowance>;
}

/** Creates a sender. Messages of one conversation that wait together are sent as one, since each counts. */
export function createSender(
  options: Pick<CommonOptions, 'store' | 'clock' | 'settled'> & { readonly trays: Trays; readonly platform: Platform },
): Sender {
  const { store, trays, clock, settled, platform } = options;
  const { permissions, repeatable, onReply } = platform;

  async function look(conversation: string) {
    const [place, tray] = await Promise.all([store.placeOf(conversation), trays.read(conversation)]);
    const known = readPlace(place);
    const held = grants(permissions, known, tray, clock());
    return { place: known, tray, held, left: held.reduce((sum, grant) => sum + grant.left, 0) };
  }

  /** What is left for this message; throws a `SendError` when it cannot be sent whatever is left. */
  async function admit(conversation: string, key: string) {
    const { place, tray, held, left } = await look(conversation);
    if (place.gone) throw new SendError('refused', 'The visitor no longer follows the account: nothing can be sent.');
    const begun = tray.sending.includes(key);
    if (begun && !repeatable) throw new SendError('uncertain', interrupted);
    await platform.check?.(conversation);
    return { tray, held, left, begun };
  }

  async function say(delivery: Delivery): Promise<void> {
    const { conversation, key } = delivery;
    const { tray, held, left, begun } = await admit(conversation, key);
    const behind = (await store.fetch(conversation, clock(), lease, delivery.id)) ?? [];
    const joined = begun
      ? // What was begun is sent again exactly as it was.
        behind.filter((one) => tray.sending.includes(one.key))
      : fitting(delivery, behind, left);
    const others = behind.filter((one) => !joined.includes(one));
    for (const one of others) await store.settle(one, { as: 'later', at: clock() }, clock());
    const batch = [delivery, ...joined];
    try {
      const free = platform.freely?.(delivery, clock());
      if (free && (await isCarried(batch, tray, free))) return;
      // The last unit is the consultant's.
      const spared = batch.some(({ author }) => author === 'consultant') ? 0 : 1;
      if (!begun && left <= spared) throw new SendError('kept', reasonWithout(left));
      const transmit = (messages: readonly Outgoing[], id: string) => platform.transmit(conversation, messages, id);
      await carry(batch, tray, begun ? [] : held, transmit);
    } catch (error) {
      for (const one of joined) await store.settle(one, settlementOf(error, clock()), clock());
      throw error;
    }
  }

  /** False when the way that costs nothing is closed. */
  async function isCarried(batch: readonly Delivery[], tray: Tray, free: Free): Promise<boolean> {
    try {
      await carry(batch, tray, [], free);
      return true;
    } catch (error) {
      if (error instanceof SendError && error.action === 'kept') return false;
      throw error;
    }
  }

  /** What can be said together with a message: all that fits, and everything where nothing more may be sent after it. */
  function fitting(head: Delivery, behind: readonly Delivery[], left: number): readonly Delivery[] {
    const count = behind.findIndex(
      ({ message }, at) =>
        message.file || (left > 2 && !platform.fits([head, ...behind.slice(0, at + 1)].map(messageOf))),
    );
    return count < 0 ? behind : behind.slice(0, count);
  }

  /** The words and the file are two messages; a file that cannot be sent is named in words, and counts as failed. */
  async function sayWithFile(delivery: Delivery, attached: AttachedFile): Promise<void> {
    const { conversation, key, message } = delivery;
    const { file: _, ...words } = message;
    const began = performance.now();
    const say = (name: Part['name'], said: Outgoing) =>
      sendPart(delivery, { name, transmit: (id) => platform.transmit(conversation, [said], id) });
    const refused = platform.refuses(attached);
    if (refused !== undefined) {
      await say('named', message);
      throw new SendError('refused', refused);
    }
    const { parted } = await trays.read(conversation);
    if (words.text !== attached.name && parted !== key) await say('words', words);
    try {
      await sendPart(delivery, {
        name: 'file',
        async transmit(id) {
          const stored = await store.file(attached.id);
          if (!stored) throw new SendError('refused', 'The file is no longer stored.');
          const media = await platform.handOver(stored);
          // What is still being sent when the outbox gives up might arrive twice.
          if (performance.now() - began > handOverTime)
            throw new SendError('retry', 'The file is with WeChat; it is sent in a moment.', { retryAfter: 1_000 });
          await platform.transmitFile(conversation, attached, media, id);
          return undefined;
        },
      });
    } catch (error) {
      if (!(error instanceof SendError) || error.action !== 'refused') throw error;
      await say('named', { ...message, text: attached.name });
      throw error;
    }
  }

  async function sendPart(delivery: Delivery, part: Part): Promise<void> {
    const { conversation, key } = delivery;
    const { tray, held, left, begun } = await admit(conversation, `${key} ${part.name}`);
    if (!begun && left <= 0) throw new SendError('kept', reasonWithout(left));
    await carry([delivery], tray, begun ? [] : held, (_, id) => part.transmit(id), part.name);
  }

  async function carry(
    batch: readonly Delivery[],
    tray: Tray,
    held: readonly Grant[],
    transmit: (messages: readonly Outgoing[], id: string) => Promise<readonly string[] | undefined>,
    part?: Part['name'],
  ): Promise<void> {
    const [head, ...behind] = batch;
    if (!head) return;
    const { conversation } = head;
    const keys = batch.map(({ key }) => key);
    const sending = part === undefined ? keys : [`${head.key} ${part}`];
    const id = createHash('sha256').update(sending.join('\n')).digest('base64url').slice(0, 32);
    const [grant] = held;
    await trays.change(conversation, (now) => ({
      ...(grant ? spend(now, grant) : now),
      sending,
      ids: [...now.ids.filter((one) => one.id !== id), { id, keys }].slice(-keptIds),
    }));
    try {
      const rest = await transmit(batch.map(messageOf), id);
      // In one commit and in order: whoever looks after the head later finds it settled. Of parts, the last settles it.
      await trays.hand(conversation, part === undefined ? batch.map((one) => one.id) : [], (now) => ({
        ...now,
        sending: [],
        parted: part === 'words' ? head.key : '',
        ...(rest && { rest }),
      }));
      for (const _ of behind) settled(conversation, 'sent');
    } catch (error) {
      const meaning = explainFailure(error, platform.meanings, repeatable);
      const unknown = error instanceof Unanswered && error.taken === 'unknown';
      if (!unknown)
        await trays.change(conversation, (now) => {
          const { spent } = meaning.over ? spendAll(tray, held) : tray;
          return { ...now, sending: [], spent };
        });
      throw sendError(meaning, error);
    }
  }

  function reasonWithout(left: number): string {
    if (left > 0) return `The last message that WeChat allows is kept for a consultant. ${onReply}`;
    return `WeChat allows no further message before the visitor writes again. ${onReply}`;
  }

  return {
    async send(delivery) {
      const { conversation, message } = delivery;
      const before = await store.placeOf(conversation);
      try {
        await (message.file ? sayWithFile(delivery, message.file) : say(delivery));
      } catch (error) {
        if (!(error instanceof SendError) || error.action !== 'kept') throw error;
        if ((await store.placeOf(conversation)) === before) throw error;
        // The visitor has written meanwhile, so that it need not wait any more.
        throw new SendError('retry', error.message, { retryAfter: 1 });
      }
    },
    async allowance(conversation) {
      const { place, held, left } = await look(conversation);
      if (place.gone) return { left: 0, until: null, detail: 'The visitor no longer follows the account.' };
      const until = held.at(-1)?.until ?? null;
      if (until === null) return { left: 0, until, detail: reasonWithout(0) };
      return { left, until, detail: 'What does not fit into one message is given when the visitor asks for more.' };
    },
  };
}

const interrupted =
  'The program ended while it was being sent: it may or may not have arrived. Ask the visitor before you send it again.';

function messageOf({ message }: Delivery): Outgoing {
  return message;
}
