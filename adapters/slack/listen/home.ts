import type { Button, KnownBlock } from '@slack/types';
import type { Case } from '../../../src/ports.ts';
import { type Clicked, homeOpened } from '../decode/interaction.ts';
import { named } from '../encode/block-id.ts';
import { actions, button, choiceButton, rows } from '../encode/choices.ts';
import { encode } from '../encode/encode.ts';
import { cut, limits, plainText } from '../encode/text.ts';
import { opaque, personal } from '../place.ts';
import { type Tongue, tongueOf, words } from '../words.ts';
import { placeOfPerson, type Scene } from './scene.ts';

/** Cases of one person that are shown, and looked through. */
const shownCases = 10;
const mostCases = 1_000;

/** Prompts that the agent pane takes at most. */
const mostPrompts = 4;

/** The App Home and the agent pane. */
export interface Home {
  /** Takes an `app_home_opened` event: publishes the home, or fills the pane. */
  opened(raw: unknown): Promise<void>;
  publish(user: string, team: string | undefined, locale: string | undefined): Promise<void>;
  /** "Delete my data", confirmed. */
  erase(clicked: Clicked): Promise<void>;
}

/** Creates the App Home. What cannot be shown now is shown when it is opened next. */
export function createHome(scene: Scene): Home {
  const { client, self, options, receive, people, windows, inOrder } = scene;
  const { store, overview, clock, log } = options;

  async function publish(user: string, team: string | undefined, locale: string | undefined): Promise<void> {
    const conversation = personal(team ?? self.team, user);
    try {
      const { language, greeting } = await overview(conversation, locale);
      const cases = await casesOf(conversation);
      const blocks = [...homeBlocks(greeting, cases, language), ...((await scene.deskHome?.(user)) ?? [])];
      const tag = opaque(`${conversation}:${clock()}`);
      await client.views.publish({
        user_id: user,
        view: { type: 'home', blocks: [...named(blocks, conversation, tag)] },
      });
    } catch (error) {
      log.warn({ err: error }, 'slack: the App Home could not be shown');
    }
  }

  async function prompts(channel: string, user: string, locale: string | undefined): Promise<void> {
    const { greeting } = await overview(personal(self.team, user), locale);
    const offered = (greeting.choices ?? []).filter(({ id }) => id !== 'consultant');
    const consultant = (greeting.choices ?? []).filter(({ id }) => id === 'consultant');
    const suggested = [...offered.slice(0, mostPrompts - consultant.length), ...consultant];
    const list = suggested.map(({ label }) => ({ title: cut(label, 100), message: cut(label, 300) }));
    const [first, ...more] = list;
    if (!first) return;
    const tongue = tongueOf(locale);
    await client.assistant.threads
      .setSuggestedPrompts({ channel_id: channel, title: words[tongue].topics, prompts: [first, ...more] })
      .catch((error: unknown) => log.debug({ err: error }, 'slack: no prompts in the agent pane'));
  }

  /** Keeps the channel of direct messages: what is written there while the bot is away can then be found. */
  async function meet(channel: string, user: string): Promise<void> {
    const conversation = personal(self.team, user);
    if ((await store.placeOf(conversation)) !== undefined) return;
    await store.setPlace(conversation, JSON.stringify({ channel, user }), clock());
  }

  /** Open cases of one person, in all their own conversations. */
  async function casesOf(conversation: string): Promise<readonly Case[]> {
    const open = await Promise.all([store.cases('waiting', mostCases), store.cases('claimed', mostCases)]);
    const own = open
      .flat()
      .filter((one) => one.conversation === conversation || one.conversation.startsWith(`${conversation}:`));
    return own.slice(0, shownCases);
  }

  return {
    publish,
    async opened(raw) {
      const { user, channel, tab } = homeOpened.parse(raw);
      if (channel !== undefined) await meet(channel, user);
      const locale = await people.locale(user);
      if (tab === 'messages') {
        if (channel !== undefined) await prompts(channel, user, locale);
      } else await publish(user, undefined, locale);
    },
    async erase({ user, team = self.team, trigger, at }) {
      const locale = await people.locale(user);
      const conversation = personal(team, user);
      const view =
        trigger === undefined
          ? undefined
          : await windows.open(trigger, tongueOf(locale)).catch((error: unknown) => {
              log.debug({ err: error }, 'slack: no window could be opened');
              return undefined;
            });
      const others = await store.recent(conversation, 0, mostCases);
      const spots = [
        { id: conversation, place: { ...(await placeOfPerson(scene, conversation, user)), ...(view && { view }) } },
        ...others.map((other) => ({ id: other.conversation, place: { channel: user, user, quiet: true } })),
      ];
      for (const { id, place } of spots) {
        const key = `slack:erase:${opaque(`${id}:${at}`)}`;
        const body = { kind: 'choice' as const, ids: ['forget:yes'] };
        await inOrder(id, () => receive({ key, conversation: id, at: clock(), body, place: JSON.stringify(place) }));
      }
      await publish(user, team, locale);
    },
  };
}

function homeBlocks(
  greeting: Parameters<typeof encode>[0],
  cases: readonly Case[],
  language: Tongue,
): readonly KnownBlock[] {
  const own = words[language];
  const { choices = [], ...text } = greeting;
  const [welcome] = encode(text);
  const topics = choices.map((choice, at) =>
    at === 0 ? { ...choiceButton(choice, at), style: 'primary' as const } : choiceButton(choice, at),
  );
  return [
    ...(welcome?.blocks ?? []),
    header(own.topics),
    ...rows(topics),
    { type: 'context', elements: [plainText(own.writeMe, limits.context)] },
    ...(cases.length > 0
      ? [{ type: 'divider' } as const, header(own.yourCases), ...cases.map((one) => caseBlock(one, language))]
      : []),
    { type: 'divider' },
    header(own.language),
    ...rows(languages),
    { type: 'divider' },
    ...rows([erase(language)]),
  ];
}

const languages = [
  { id: 'language:en', label: 'English' },
  { id: 'language:zh', label: '简体中文' },
  { id: 'language:zh-hant', label: '繁體中文' },
].map((choice, at) => choiceButton(choice, at));

function header(text: string): KnownBlock {
  return { type: 'header', text: plainText(text, limits.header) };
}

function caseBlock({ question, status, openedAt }: Case, language: Tongue): KnownBlock {
  const own = words[language];
  const day = new Date(openedAt).toISOString().slice(0, 10);
  const state = status === 'claimed' ? own.claimed : own.waiting;
  return {
    type: 'section',
    text: plainText(`${cut(question, 300) || own.noQuestion}\n${state} · ${own.since} ${day}`, limits.section),
  };
}

function erase(language: Tongue): Button {
  const own = words[language];
  return {
    ...button(actions.erase, own.erase, actions.erase, 'danger'),
    confirm: {
      title: plainText(own.eraseTitle, 100),
      text: plainText(own.eraseText, 300),
      confirm: plainText(own.eraseYes, 30),
      deny: plainText(own.eraseNo, 30),
      style: 'danger',
    },
  };
}
