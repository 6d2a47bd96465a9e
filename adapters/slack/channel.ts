import { Hono } from 'hono';
import { type Channel, type Health, type Receive, SendError } from '../../src/ports.ts';
import { createRecent } from '../../src/recent.ts';
import { createClient } from './api.ts';
import { catchUp } from './catch-up.ts';
import type { Self } from './decode/message.ts';
import { createSlackDesk, type DeskIntake } from './desk/desk.ts';
import type { Failure } from './failure.ts';
import { createFetchFile } from './file/fetch.ts';
import { createShareFile } from './file/share.ts';
import { findIdentity } from './identity.ts';
import { createLanes } from './lanes.ts';
import { createBolt } from './listen/bolt.ts';
import { createClicks } from './listen/clicks.ts';
import { createCommands } from './listen/commands.ts';
import { createHome } from './listen/home.ts';
import { createMessages, type Messages } from './listen/messages.ts';
import type { SlackOptions } from './options.ts';
import { createPeople } from './people.ts';
import { createHttp } from './receive/http.ts';
import { type Handle, NotReady } from './receive/link.ts';
import { createSockets } from './receive/sockets.ts';
import { createChosen } from './send/chosen.ts';
import { createPace } from './send/pace.ts';
import { createPoster } from './send/post.ts';
import { createSend } from './send/send.ts';
import { createThinking } from './send/thinking.ts';
import { createWindows } from './send/window.ts';

/** How long `stop` waits for events that are being taken in, ms. */
const drainTime = 1_000;

/** The Slack channel, and what it serves over HTTP when it does not use Socket Mode (mount it at `/`). */
export interface SlackChannel {
  readonly channel: Channel;
  readonly routes: Hono;
  /** The consultants' channel, where one is set: their cases are delivered to it. */
  readonly desk?: Channel;
}

/** Makes the Slack channel. Starting never fails: what is wrong is said by `health`, and tried again. */
export function createSlackChannel(options: SlackOptions): SlackChannel {
  const { botToken, appToken, signingSecret, apiUrl, store, clock, log, desk: consultants } = options;
  const client = createClient(botToken, apiUrl, log);
  const pace = createPace(clock);
  const windows = createWindows(client);
  const chosen = createChosen(client, log);
  const thinking = createThinking(client, log);
  const deleted = createRecent<true>(10_000);
  const poster = createPoster({ client, pace, log, noticed });
  const fetchFile = createFetchFile(client, botToken, apiUrl);
  const share = createShareFile({ client, store, file: store.file });
  const deliver = createSend({ client, poster, share, windows, chosen, thinking, deleted, log });
  const stopping = new AbortController();
  const { signal } = stopping;
  const underWay = new Set<Promise<unknown>>();
  let listen: { readonly handle: Handle; readonly messages: Messages; readonly desk?: DeskIntake } | undefined;
  let trouble: string | undefined = 'Slack is not started.';
  let unsent: string | undefined;
  let finding: Promise<void> = Promise.resolve();
  let caughtUp: Promise<void> = Promise.resolve();

  const handle: Handle = async (payload) => {
    if (!listen || signal.aborted) throw new NotReady('the Slack channel is not ready to take events in');
    const taking = listen.handle(payload);
    underWay.add(taking);
    return taking.finally(() => underWay.delete(taking));
  };

  const routes =
    signingSecret !== undefined && appToken === undefined
      ? createHttp({ secret: signingSecret, handle, clock, log })
      : new Hono();
  const sockets =
    appToken === undefined
      ? undefined
      : createSockets({ client: createClient(appToken, apiUrl, log), handle, log, connected: lookBack });

  /** What only an operator can mend shows in `/readyz` until a message goes through again. */
  function noticed(failure: Failure | undefined): void {
    const sentence = failure?.means === 'operator' ? `${failure.detail} (${failure.error})` : undefined;
    if (failure && sentence === undefined) return;
    if (sentence !== undefined && sentence !== unsent) log.error({}, `slack: messages wait: ${sentence}`);
    unsent = sentence;
  }

  function health(): Health {
    const wrong =
      trouble ??
      unsent ??
      (sockets && sockets.open() === 0 ? (sockets.trouble() ?? 'Slack is being connected.') : undefined);
    if (wrong !== undefined) return { ready: false, detail: wrong };
    return { ready: true, detail: sockets ? 'Slack is connected (Socket Mode).' : 'Slack is connected (HTTP).' };
  }

  function lookBack(): void {
    if (!listen) return;
    const { messages, desk: atDesk } = listen;
    caughtUp = caughtUp
      .then(() => catchUp({ client, store, messages, clock, log, signal }))
      .then(() => atDesk?.catchUp());
  }

  const desk =
    consultants &&
    createSlackDesk({ client, poster, store, desk: consultants, share, fetchFile, clock, log, signal, health });

  function listenAs(self: Self, receive: Receive): void {
    const people = createPeople(client, clock);
    const inOrder = createLanes();
    const atDesk: DeskIntake | undefined = desk?.listen(self);
    const scene = {
      client,
      self,
      options,
      receive,
      people,
      windows,
      chosen,
      thinking,
      pace,
      deleted,
      inOrder,
      fetchFile,
      ...(atDesk && { deskHome: atDesk.home }),
    };
    const messages = createMessages(scene);
    const home = createHome(scene);
    const removed = () => {
      trouble = 'The app was removed from the workspace: install it again (docs/slack.md).';
      log.error({}, `slack: ${trouble}`);
    };
    const clicks = createClicks(scene, home);
    const listeners = {
      messages,
      home,
      removed,
      clicks,
      commands: createCommands(scene),
      ...(atDesk && { desk: atDesk }),
    };
    listen = { messages, handle: createBolt(self, listeners, log), ...(atDesk && { desk: atDesk }) };
  }

  const channel: Channel = {
    name: 'slack',
    reachable: true,
    async start(receive) {
      trouble = 'Slack is being connected.';
      finding = findIdentity(client, signal, log, (sentence) => {
        trouble = sentence;
      }).then((self) => {
        if (!self) return;
        trouble = undefined;
        listenAs(self, receive);
        if (sockets) sockets.start();
        else lookBack();
      });
    },
    async send(delivery) {
      if (signal.aborted) throw new SendError('retry', 'Slack is being stopped.');
      await deliver(delivery);
    },
    async stop() {
      stopping.abort();
      thinking.stop();
      // What was committed is acknowledged before the sockets go.
      const late = new Promise((resolve) => setTimeout(resolve, drainTime).unref());
      await Promise.race([Promise.allSettled([...underWay, finding, caughtUp]), late]);
      await sockets?.stop();
      trouble = 'Slack is stopped.';
    },
    health,
  };
  return { channel, routes, ...(desk && { desk: desk.channel }) };
}
