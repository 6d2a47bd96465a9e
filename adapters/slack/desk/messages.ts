import type { WebClient } from '@slack/web-api';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { AttachedFile } from '../../../src/core/message.ts';
import type { Act, CaseView, Clock, DeskOutcome } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import { decodeMessage, type Heard, type News, type Self } from '../decode/message.ts';
import { readForOthers } from '../decode/text.ts';
import { failureOf } from '../failure.ts';
import type { FetchFile } from '../file/fetch.ts';
import type { createLanes } from '../lanes.ts';
import type { Log } from '../options.ts';
import type { People } from '../people.ts';
import { timeOf } from '../place.ts';
import { tongueOf } from '../words.ts';
import type { Cards } from './cards.ts';
import type { Members } from './members.ts';
import type { DeskOptions } from './options.ts';
import { originOf } from './origin.ts';
import { tell } from './told.ts';
import type { Whisper } from './whisper.ts';

/** How often one person is told in one case that their words stay internal, ms. */
const reminderTime = 60 * 60_000;

/** What is done with messages in the desk's channel. */
export interface DeskMessages {
  /**
   * Takes a `message` event, or a message of the channel's history. Resolves after the commit. `late`: it may have been
   * taken before, and nobody is told anything about it.
   */
  take(raw: unknown, late?: 'late'): Promise<void>;
}

/** Creates the way in for what people write at the desk: in the thread of a card; everything else there is their own. */
export function createDeskMessages(options: {
  readonly client: WebClient;
  readonly self: Self;
  readonly desk: DeskOptions;
  readonly cards: Cards;
  readonly members: Members;
  readonly people: Pick<People, 'locale'>;
  readonly whisper: Whisper;
  readonly fetchFile: FetchFile;
  readonly inOrder: ReturnType<typeof createLanes>;
  readonly clock: Clock;
  readonly log: Log;
}): DeskMessages {
  const { client, self, desk, cards, members, people, whisper, fetchFile, inOrder, clock, log } = options;
  /** The ts that a gesture of a person was first heard with: Slack has been seen to send one twice with two. */
  const gestures = createRecent<string>(10_000);
  /** When somebody was last told that their words stay internal. */
  const reminded = createRecent<number>(1_000);

  async function take(raw: unknown, late?: 'late'): Promise<void> {
    const news = decodeMessage(raw, self);
    const thread = news?.kind === 'deleted' ? news.thread : news?.heard.thread;
    if (!news || thread === undefined) return;
    await inOrder(`desk:${thread}`, () => judge(news, thread, late));
  }

  async function judge(news: News, thread: string, late: 'late' | undefined): Promise<void> {
    const { channel, ts, user } = news.kind === 'deleted' ? news : news.heard;
    if (user === undefined) return;
    if (news.kind === 'said' && news.heard.clientId !== undefined) {
      const twin = gestures.get(news.heard.clientId);
      if (twin !== undefined && twin !== ts) return;
    }
    const id = await cards.caseAt(channel, thread);
    const view = id === undefined ? undefined : await desk.desk.view(id);
    const consultant = view && (await members.consultant(user));
    if (!view || !consultant) return;
    if (news.kind === 'said') {
      await speak(news.heard, thread, view, consultant, late);
      if (news.heard.clientId !== undefined) gestures.set(news.heard.clientId, ts);
      return;
    }
    const origin = originOf({ channel, ts, user });
    const text = news.kind === 'edited' ? wordsOf(news.heard) : undefined;
    const change = news.kind === 'edited' ? news.edit.slice(0, 40) : 'deleted';
    const act: Act = { does: 'edit', origin, ...(text !== undefined && { text }) };
    const key = `slack-desk:${channel}:${ts}:${change}`;
    await desk.desk.act({ key, case: view.id, at: clock(), consultant, act });
  }

  function wordsOf({ written, emoji }: Heard): string {
    return readForOthers(written, self.user, emoji);
  }

  /** Words and files for the visitor, or a note: which of the two is decided where the state of the case is known. */
  async function speak(
    heard: Heard,
    thread: string,
    view: CaseView,
    consultant: Consultant,
    late: 'late' | undefined,
  ): Promise<void> {
    const { channel, ts, user } = heard;
    const written = wordsOf(heard);
    const carries = view.consultant?.id === consultant.id && view.status === 'claimed' && !/^[/／]{2}/.test(written);
    const files = carries ? await keep(heard, thread, view) : [];
    const names = carries ? [] : heard.files.map(({ name = 'file' }) => `[${name}]`);
    const [first, ...more] = files;
    const text = [written, ...names].filter(Boolean).join('\n');
    const say = (key: string, words: string, file: AttachedFile | undefined) =>
      desk.desk.act({
        key,
        case: view.id,
        at: timeOf(ts),
        consultant,
        act: { does: 'say', text: words, origin: originOf({ channel, ts, user }), ...(file && { file }) },
      });
    const key = `slack-desk:${channel}:${ts}`;
    if (text === '' && !first) return;
    const outcome = await say(key, text, first);
    if (outcome.as === 'refused') {
      if (!late) await refused(outcome, heard, thread, view.id);
      return;
    }
    for (const [at, file] of more.entries()) await say(`${key}:${at + 1}`, '', file);
  }

  /** Keeps the files of a reply; the writer is told of those that cannot be carried. */
  async function keep(heard: Heard, thread: string, view: CaseView): Promise<readonly AttachedFile[]> {
    const kept: AttachedFile[] = [];
    for (const given of heard.files) {
      const fetched = await fetchFile(given);
      if (fetched.as === 'fetched') {
        const { file, content } = fetched;
        await desk.desk.keepFile({ ...file, conversation: view.conversation, content });
        kept.push(file);
      } else {
        const what = ({ type: 'fileType', size: 'fileSize', lost: 'fileLost' } as const)[fetched.why];
        await alone(heard.user, thread, what, { name: fetched.name });
      }
    }
    return kept;
  }

  async function refused(
    { why, holder }: DeskOutcome & { as: 'refused' },
    { channel, ts, user }: Heard,
    thread: string,
    id: string,
  ): Promise<void> {
    if (why === 'confusing') {
      await client.reactions
        .add({ channel, timestamp: ts, name: 'warning' })
        .catch((error: unknown) => log.debug({ error: failureOf(error).error }, 'slack: a message stays unmarked'));
      return alone(user, thread, 'confusing');
    }
    const before = reminded.get(`${id}:${user}`);
    if (before !== undefined && clock() - before < reminderTime) return;
    reminded.set(`${id}:${user}`, clock());
    if (why === 'over') return alone(user, thread, 'internalOver');
    return holder ? alone(user, thread, 'internalHolder', { name: holder.name }) : alone(user, thread, 'internal');
  }

  async function alone(
    user: string,
    thread: string,
    what: Parameters<typeof tell>[1],
    values: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const locale = await people.locale(user);
    await whisper(user, thread, tell(tongueOf(locale), what, values));
  }

  return { take };
}
