import { command, messageShortcut, shortcut } from '../decode/interaction.ts';
import { readText } from '../decode/text.ts';
import { noteOf } from '../encode/text.ts';
import { failureOf } from '../failure.ts';
import { isDirect, opaque, personal, threaded, whispered } from '../place.ts';
import { respond } from '../send/respond.ts';
import { tongueOf, words } from '../words.ts';
import { placeOfPerson, type Scene } from './scene.ts';

/** What is done with slash commands and shortcuts. Each resolves after the commit. */
export interface Commands {
  /** `/icp question`: answered to this person alone. */
  slash(raw: unknown): Promise<void>;
  /** "Answer this" in the menu of a message: answered in its thread. */
  message(raw: unknown): Promise<void>;
  /** "Check if we need an ICP": the questionnaire in a window. */
  global(raw: unknown): Promise<void>;
}

/** Creates the way in for commands and shortcuts. */
export function createCommands(scene: Scene): Commands {
  const { self, options, receive, people, windows, inOrder } = scene;
  const { clock, log, questionnaire, desk } = options;

  function say(url: string, text: string): Promise<void> {
    return respond(url, { response_type: 'ephemeral', replace_original: false, ...noteOf(text) }).catch(
      (error: unknown) => log.debug({ err: error }, 'slack: a note could not be shown'),
    );
  }

  return {
    async slash(raw) {
      const given = command.parse(raw);
      const { user_id: user, team_id: team, channel_id: channel, response_url: url, trigger_id: trigger } = given;
      const conversation = whispered(team, user, channel);
      const locale = await people.locale(user);
      if (channel === desk?.channel) return say(url, words[tongueOf(locale)].notAtDesk);
      const text = readText(given.text, self.user);
      await inOrder(conversation, () =>
        receive({
          key: `slack:command:${opaque(trigger)}`,
          conversation,
          at: clock(),
          body: text === '' ? { kind: 'arrival' } : { kind: 'text', text },
          place: JSON.stringify({ channel, user, only: true, respond: url }),
          ...(locale !== undefined && { locale }),
        }),
      );
    },

    async message(raw) {
      const { user, team, channel, message, response_url: url } = messageShortcut.parse(raw);
      const locale = await people.locale(user.id);
      if (channel.id === desk?.channel) return say(url, words[tongueOf(locale)].notAtDesk);
      const { ts, thread_ts: thread, text: written } = message;
      const text = readText(typeof written === 'string' ? written : '', self.user);
      if (typeof ts !== 'string' || text === '') return say(url, words[tongueOf(locale)].notText);
      const root = typeof thread === 'string' ? thread : ts;
      const own = isDirect(channel.id);
      const conversation = own ? personal(user.team_id ?? team?.id ?? self.team, user.id) : threaded(channel.id, root);
      const taken = await inOrder(conversation, () =>
        receive({
          key: `slack:${channel.id}:${ts}`,
          conversation,
          at: clock(),
          body: { kind: 'text', text },
          place: JSON.stringify({ channel: channel.id, thread: root, user: user.id, ts }),
          ...(locale !== undefined && { locale }),
        }),
      );
      if (taken === 'seen') await say(url, words[tongueOf(locale)].answered);
    },

    async global(raw) {
      const { user, team, trigger_id: trigger } = shortcut.parse(raw);
      if (questionnaire === undefined) return;
      // The trigger is good for three seconds, so the window opens before anything else.
      const view = await windows.open(trigger, 'en').catch((error: unknown) => {
        log.warn(
          { detail: failureOf(error).detail },
          'slack: no window could be opened; the questionnaire comes as a message',
        );
        return undefined;
      });
      const locale = await people.locale(user.id);
      const conversation = personal(user.team_id ?? team?.id ?? self.team, user.id);
      const place = await placeOfPerson(scene, conversation, user.id);
      await inOrder(conversation, () =>
        receive({
          key: `slack:shortcut:${opaque(trigger)}`,
          conversation,
          at: clock(),
          body: { kind: 'choice', ids: [`questionnaire:${questionnaire}`] },
          place: JSON.stringify({ ...place, ...(view !== undefined && { view }) }),
          ...(locale !== undefined && { locale }),
        }),
      );
    },
  };
}
