import type { Incoming } from '../../../src/ports.ts';
import { type Clicked, decodeClick } from '../decode/interaction.ts';
import { actions } from '../encode/choices.ts';
import { isDirect, opaque, type Place, personal, threaded, whispered } from '../place.ts';
import { tongueOf } from '../words.ts';
import type { Home } from './home.ts';
import { placeOfPerson, type Scene } from './scene.ts';
import { createShare } from './share.ts';

/** What is done with clicks on the bot's own controls. */
export interface Clicks {
  /** Takes a `block_actions` interaction. Resolves after the commit; clicks that mean nothing are taken quietly. */
  take(raw: unknown): Promise<void>;
}

/** Creates the way in for clicks: in messages, in windows, in the App Home. */
export function createClicks(scene: Scene, home: Home): Clicks {
  const { self, options, receive, people, windows, chosen, inOrder } = scene;
  const { log } = options;
  const share = createShare(scene);

  async function take(raw: unknown): Promise<void> {
    const clicked = decodeClick(raw);
    if (!clicked || clicked.action === actions.multiple) return;
    const { action } = clicked;
    if (action === actions.share) {
      // Nothing is committed here, and posting may take longer than Slack waits for the acknowledgement.
      share(clicked, conversationOf(clicked)).catch((error: unknown) =>
        log.warn({ err: error }, 'slack: an answer could not be shared'),
      );
      return;
    }
    if (action === actions.erase) return home.erase(clicked);
    const known = action === actions.confirm || action === actions.feedback || action.startsWith(`${actions.choice}:`);
    if (!known || clicked.ids.length === 0 || clicked.ids.includes(actions.confirm)) return;
    await choose(clicked);
  }

  async function choose(clicked: Clicked): Promise<void> {
    const { user, ids, message, view } = clicked;
    const conversation = conversationOf(clicked);
    const { locale, name } = await people.about(user);
    const place = view ? await inWindow(clicked, conversation, locale) : placeOf(clicked, conversation);
    const what = opaque(`${clicked.block}:${ids.join('+')}`);
    const key = message
      ? `slack:${message.channel}:${message.ts}:${what}`
      : `slack:${view?.id ?? 'view'}:${clicked.at}:${what}`;
    const incoming: Incoming = {
      key,
      conversation,
      at: options.clock(),
      body: { kind: 'choice', ids },
      place: JSON.stringify(place),
      ...(locale !== undefined && { locale }),
      ...(name !== undefined && { name }),
    };
    // What only this person sees is replaced as a whole, by the reply.
    if (!place.instead) chosen.remember(key, clicked);
    await inOrder(conversation, () => commit(incoming, clicked, place));
    if (view?.home) await home.publish(user, clicked.team, locale);
  }

  async function commit(incoming: Incoming, clicked: Clicked, place: Place): Promise<void> {
    try {
      const taken = await receive(incoming);
      // A second click on a button that should be gone: the answer is there already.
      if (taken === 'seen') chosen.settle(incoming.key, tongueOf(incoming.locale));
    } catch (error) {
      chosen.forget(incoming.key);
      if (place.view !== undefined && clicked.view) {
        const excused = windows.excuse(place.view, tongueOf(incoming.locale));
        await excused.catch((reason: unknown) => log.debug({ err: reason }, 'slack: a window stays as it is'));
      }
      throw error;
    }
  }

  /** A click in the App Home opens a window for the reply, one in a window is answered in it. */
  async function inWindow(
    { user, view, trigger }: Clicked,
    conversation: string,
    locale: string | undefined,
  ): Promise<Place> {
    const place = await placeOfPerson(scene, conversation, user);
    if (!view?.home) return { ...place, ...(view && { view: view.id }) };
    if (trigger === undefined) return place;
    try {
      return { ...place, view: await windows.open(trigger, tongueOf(locale)) };
    } catch (error) {
      log.debug({ err: error }, 'slack: no window could be opened; the reply comes as a message');
      return place;
    }
  }

  function conversationOf(clicked: Clicked): string {
    const { conversation, message, user, team = self.team } = clicked;
    if (conversation?.startsWith('slack:')) return conversation;
    if (!message || (isDirect(message.channel) && !message.ephemeral)) return personal(team, user);
    if (message.ephemeral) return whispered(team, user, message.channel);
    return threaded(message.channel, message.thread ?? message.ts);
  }

  return { take };
}

function placeOf({ user, message, respond, at }: Clicked, conversation: string): Place {
  const { channel = user, ts, thread, ephemeral = false } = message ?? {};
  const only = ephemeral && conversation.split(':').length === 4;
  if (only) return { channel, user, only, instead: true, ...(respond !== undefined && { respond }) };
  const [, , root = ''] = conversation.split(':');
  const known = thread ?? (ephemeral ? undefined : ts);
  const spot = isDirect(channel) ? known : /^\d+\.\d+$/.test(root) ? root : known;
  return { channel, user, ...(at !== '' && { ts: at }), ...(spot !== undefined && { thread: spot }) };
}
