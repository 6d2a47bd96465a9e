import type { WebClient } from '@slack/web-api';
import { type Channel, type Clock, type Health, SendError, type Store } from '../../../src/ports.ts';
import type { Self } from '../decode/message.ts';
import type { FetchFile } from '../file/fetch.ts';
import type { ShareFile } from '../file/share.ts';
import { createLanes } from '../lanes.ts';
import type { Log } from '../options.ts';
import { createPeople } from '../people.ts';
import type { Poster } from '../send/post.ts';
import { createCards } from './cards.ts';
import { catchUpAtDesk } from './catch-up.ts';
import { createDeskClicks, type DeskClicks } from './clicks.ts';
import { createDeskHome, type DeskHome } from './home.ts';
import { createMarks } from './marks.ts';
import { createMembers } from './members.ts';
import { createDeskMessages, type DeskMessages } from './messages.ts';
import type { DeskOptions } from './options.ts';
import { createDeskSend } from './send.ts';
import { createWhisper } from './whisper.ts';

/** What hears of everything that happens in the desk's channel. */
export interface DeskIntake {
  readonly channel: string;
  readonly messages: DeskMessages;
  readonly clicks: DeskClicks;
  readonly home: DeskHome;
  /** Takes in what consultants wrote while the program was off. Never rejects. */
  catchUp(): Promise<void>;
}

/** The desk in Slack: a channel to which the journals of cases are delivered, and the way in for consultants. */
export interface SlackDesk {
  readonly channel: Channel;
  /** The way in, once it is known who the bot is. */
  listen(self: Self): DeskIntake;
}

/** Creates the desk. It shares client, pace and connection with the visitors' channel of the same program. */
export function createSlackDesk(parts: {
  readonly client: WebClient;
  readonly poster: Poster;
  readonly store: Pick<Store, 'recall' | 'keep'>;
  readonly desk: DeskOptions;
  readonly share: ShareFile;
  readonly fetchFile: FetchFile;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  health(): Health;
}): SlackDesk {
  const { client, poster, store, desk, share, fetchFile, clock, log, signal, health } = parts;
  const people = createPeople(client, clock);
  const whisper = createWhisper(client, desk.channel, log);
  const cards = createCards({ client, poster, store, channel: desk.channel, publicUrl: desk.publicUrl });
  const mark = createMarks({ client, store, people, whisper });
  let self: Self | undefined;
  let wrong: string | undefined;

  function trouble(sentence: string | undefined): void {
    if (sentence !== undefined && sentence !== wrong) log.error({}, `slack: cases are not shown: ${sentence}`);
    wrong = sentence;
  }

  const send = createDeskSend({ client, poster, cards, mark, share, desk: desk.desk, self: () => self, trouble, log });
  return {
    channel: {
      name: 'slack-desk',
      async start() {},
      async send(delivery) {
        if (signal.aborted) throw new SendError('retry', 'Slack is being stopped.');
        await send(delivery);
      },
      async stop() {},
      health: () => (wrong === undefined ? health() : { ready: false, detail: wrong }),
    },
    listen(known) {
      self = known;
      const members = createMembers({ client, self: known, channel: desk.channel, clock });
      const inOrder = createLanes();
      const common = { client, desk, members, people, whisper, clock, log };
      const messages = createDeskMessages({ ...common, self: known, cards, fetchFile, inOrder });
      return {
        channel: desk.channel,
        messages,
        clicks: createDeskClicks(common),
        home: createDeskHome({ client, desk: desk.desk, members, cards, log }),
        catchUp: () => catchUpAtDesk({ client, desk: desk.desk, cards, messages, clock, log, signal }),
      };
    },
  };
}
