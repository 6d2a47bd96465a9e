import { openCaseOf } from '../../../src/core/conversation/case.ts';
import type { Incoming } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import { decodeMessage, type Heard, mediaOf, type News } from '../decode/message.ts';
import { cut } from '../encode/text.ts';
import { isDirect, type Place, personal, readPlace, threaded, timeOf, whispered } from '../place.ts';
import { tongueOf, words } from '../words.ts';
import type { Scene } from './scene.ts';

/** Characters of a title; the pane shows about as many. */
const longestTitle = 80;

/** What is done with messages of people. */
export interface Messages {
  /** Takes a `message` or `app_mention` event, or a message of a history. Resolves after the commit. */
  take(raw: unknown): Promise<void>;
}

/** Where a message belongs, and whether it is for the bot. */
interface Address {
  readonly conversation: string;
  readonly place: Place;
}

/** Creates the way in for messages: direct ones, mentions, what follows in a thread, channels for questions. */
export function createMessages(scene: Scene): Messages {
  const { self, options, receive, people, thinking, deleted, inOrder, fetchFile } = scene;
  const { store, verdict, questionChannels = [] } = options;
  /** The ts that a gesture of a person was first heard with: Slack has been seen to send one twice with two. */
  const gestures = createRecent<string>(10_000);

  async function take(raw: unknown): Promise<void> {
    const news = decodeMessage(raw, self);
    if (!news) return;
    if (news.kind === 'deleted') {
      deleted.set(`${news.channel}:${news.ts}`, true);
      return unsaid(news);
    }
    const { channel, thread, ts } = news.heard;
    const lane = isDirect(channel) ? channel : threaded(channel, thread ?? ts);
    await inOrder(lane, () => judge(news));
  }

  async function judge(news: Exclude<News, { kind: 'deleted' }>): Promise<void> {
    const { heard } = news;
    const twin = heard.clientId === undefined ? undefined : gestures.get(heard.clientId);
    if (twin !== undefined && twin !== heard.ts) return;
    if (news.kind === 'edited') {
      const { conversation } = addressOf(heard);
      if (await isOpen(conversation)) return changed(heard, news.edit, conversation);
      const before = readPlace(await store.placeOf(conversation));
      if (before?.ts === heard.ts) return again(heard, news.edit, before);
      // A question that was answered and is no longer the last one stays answered as it was.
      if (before && !heard.mentioned) return;
    }
    const address = await forMe(heard);
    if (!address) return;
    await accept(heard, address);
    if (heard.clientId !== undefined) gestures.set(heard.clientId, heard.ts);
  }

  /** A consultant reads along, or will: a change is told as one, and nothing is answered anew. */
  async function changed({ channel, ts, text }: Heard, edit: string, conversation: string): Promise<void> {
    const key = `slack:${channel}:${ts}:${edit.slice(0, 40)}`;
    await receive({ key, conversation, at: options.clock(), body: { kind: 'edit', text } });
  }

  async function unsaid({ channel, ts, thread, user, team }: News & { kind: 'deleted' }): Promise<void> {
    if (user === undefined || user === self.user) return;
    const direct = isDirect(channel);
    const conversation = direct ? personal(team ?? self.team, user) : threaded(channel, thread ?? ts);
    await inOrder(direct ? channel : conversation, async () => {
      if (!(await isOpen(conversation))) return;
      const key = `slack:${channel}:${ts}:deleted`;
      await receive({ key, conversation, at: options.clock(), body: { kind: 'edit' } });
    });
  }

  /** The last question was edited: it is asked anew, and the reply takes the place of the old one. */
  async function again(heard: Heard, edit: string, before: Place): Promise<void> {
    if (heard.text === '') return;
    const { conversation } = addressOf(heard);
    await tell({
      key: `slack:${heard.channel}:${heard.ts}:${edit.slice(0, 40)}`,
      conversation,
      heard,
      place: { ...before, again: true },
    });
  }

  function addressOf({ channel, thread, ts, user, team }: Heard): Address {
    const root = thread ?? ts;
    const place = { channel, thread: root, user, ts };
    const conversation = isDirect(channel) ? personal(team ?? self.team, user) : threaded(channel, root);
    return { conversation, place };
  }

  /** Where to answer this message; undefined when the bot was not asked. */
  async function forMe(heard: Heard): Promise<Address | undefined> {
    const address = addressOf(heard);
    if (isDirect(heard.channel) || heard.mentioned) return address;
    if (heard.thread !== undefined) return followUp(heard, address);
    if (!questionChannels.includes(heard.channel) || heard.toOther || heard.text === '') return undefined;
    const sure = verdict(heard.text);
    if (sure === 'answer') return address;
    if (sure === 'none') return undefined;
    const { channel, user, ts, team } = heard;
    return { conversation: whispered(team ?? self.team, user, channel), place: { channel, user, ts, only: true } };
  }

  /** In a thread that the bot takes part in: answered, unless people talk to one another there. */
  async function followUp(heard: Heard, address: Address): Promise<Address | undefined> {
    const before = readPlace(await store.placeOf(address.conversation));
    if (!before) return undefined;
    // A message that comes late is not hushed by what was said after it.
    const toPeople = heard.toOther || (before.aside !== undefined && before.aside < heard.ts);
    const remark = before.user !== heard.user && verdict(heard.text) !== 'answer';
    if (!toPeople && !remark)
      return { ...address, place: { ...address.place, ...(before.aside !== undefined && { aside: before.aside }) } };
    // Since when people talk to one another: what comes late, but was said after that, is for them too.
    const aside = before.aside !== undefined && before.aside < heard.ts ? before.aside : heard.ts;
    await store.setPlace(address.conversation, JSON.stringify({ ...before, aside }), timeOf(heard.ts));
    return undefined;
  }

  async function accept(heard: Heard, { conversation, place }: Address): Promise<void> {
    await tell({ key: `slack:${heard.channel}:${heard.ts}`, conversation, heard, place });
  }

  async function tell(message: {
    readonly key: string;
    readonly conversation: string;
    readonly heard: Heard;
    readonly place: Place;
  }): Promise<void> {
    const { key, conversation, heard, place } = message;
    const body = bodyOf(heard);
    if (!body) return;
    const files = heard.files.length > 0 && (await isOpen(conversation)) ? await filesOf(heard, conversation) : [];
    const [first, ...more] = body.kind === 'attachment' && files.length > 0 ? files : [body, ...files];
    if (!first) return;
    const { name, locale: set } = await people.about(heard.user);
    // An English sentence says enough by itself; Chinese leaves the script open, a word or a picture everything.
    const locale = isEnglish(heard.text) ? undefined : set;
    const who = { ...(name !== undefined && { name }), ...(locale !== undefined && { locale }) };
    const { channel, thread } = place;
    const waits = isDirect(channel) && thread !== undefined && !place.again && (await store.botOwns(conversation));
    const title = heard.thread === undefined && heard.text !== '' ? cut(heard.text, longestTitle) : undefined;
    if (waits) thinking.begin(channel, thread, words[tongueOf(locale)].thinking, title);
    try {
      const at = timeOf(heard.ts);
      const taken = await receive({
        key,
        conversation,
        at,
        body: first,
        place: JSON.stringify(place),
        ...who,
      });
      for (const [number, one] of more.entries())
        await receive({
          key: `${key}:${number + 1}`,
          conversation,
          at,
          body: one,
          place: JSON.stringify(place),
          ...who,
        });
      if (taken === 'seen' && waits) thinking.end(channel, thread, true);
    } catch (error) {
      if (waits) thinking.end(channel, thread, true);
      throw error;
    }
  }

  /** True while a case is open: then a consultant will want to see what the visitor sends. */
  async function isOpen(conversation: string): Promise<boolean> {
    const state = await store.load(conversation);
    return state !== undefined && openCaseOf(state) !== undefined;
  }

  /** The files of a message, kept where they can be carried, otherwise by name. */
  async function filesOf(heard: Heard, conversation: string): Promise<readonly Incoming['body'][]> {
    const bodies: Incoming['body'][] = [];
    for (const given of heard.files) {
      const media = mediaOf(given.type);
      const fetched = await fetchFile(given);
      if (fetched.as === 'fetched') {
        const { file, content } = fetched;
        await store.keepFile({ ...file, conversation, content });
        bodies.push({ kind: 'attachment', media, name: file.name, file });
      } else bodies.push({ kind: 'attachment', media, name: fetched.name });
    }
    return bodies;
  }

  return { take };
}

/** What the message means to the conversation; a bare mention is a greeting. */
function bodyOf({ text, file, mentioned }: Heard): Incoming['body'] | undefined {
  if (text !== '') return { kind: 'text', text };
  if (file) return { kind: 'attachment', media: file.media, ...(file.name && { name: file.name }) };
  return mentioned ? { kind: 'arrival' } : undefined;
}

function isEnglish(text: string): boolean {
  return /\p{Script=Latin}\s+\S*\p{Script=Latin}/u.test(text) && !/\p{Script=Han}/u.test(text);
}
