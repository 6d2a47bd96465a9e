import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { failureOf } from '../failure.ts';
import type { Log } from '../options.ts';
import { longestRest, rest } from '../rest.ts';
import { type Handle, type Link, openLink } from './link.ts';

/** Sockets kept open at once, so that Slack always has one while another is renewed; it allows ten. */
const sockets = 2;

/** A socket that held for this long was a good one, ms: the pauses begin anew. */
const steady = 10_000;

/** Socket Mode: a few sockets to Slack, each renewed before it ends. */
export interface Sockets {
  start(): void;
  stop(): Promise<void>;
  /** How many are open. */
  open(): number;
  /** Why there is none, in a sentence; undefined when nothing is known to be wrong. */
  trouble(): string | undefined;
}

/**
 * Keeps sockets open for as long as the program runs; whatever fails is tried again with growing pauses. `connected`
 * is called whenever there is a socket after there was none, with true when events may have been missed.
 */
export function createSockets(options: {
  readonly client: WebClient;
  readonly handle: Handle;
  readonly log: Log;
  connected(): void;
}): Sockets {
  const { client, handle, log, connected } = options;
  const links = new Set<Link>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<unknown> = Promise.resolve();
  let trouble: string | undefined;

  async function connect(): Promise<Link> {
    const { url } = await client.apps.connections.open({});
    if (!url) throw new Error('Slack gave no address for a socket');
    const link = await openLink(url, handle, log);
    const first = links.size === 0;
    links.add(link);
    link.closed.then(() => links.delete(link));
    if (trouble) log.info({}, 'slack: connected again');
    trouble = undefined;
    if (first) connected();
    return link;
  }

  /** One place among the sockets: it always has a successor ready before it lets one go. */
  async function keep(): Promise<void> {
    let failed = 0;
    let former: Link | undefined;
    while (!signal.aborted) {
      const began = Date.now();
      let reason: string;
      try {
        const link = await connect();
        former?.retire();
        former = link;
        if (signal.aborted) return link.close();
        reason = await link.leaving;
        if (Date.now() - began > steady || isPlanned(reason)) failed = 0;
        else failed += 1;
        if (isPlanned(reason)) continue;
        if (reason === 'link_disabled')
          trouble = say('Socket Mode is switched off in the settings of the app: switch it on (docs/slack.md).');
      } catch (error) {
        failed += 1;
        await rest(failed, waitAfter(error), signal);
        continue;
      }
      const least = reason === 'link_disabled' || reason === 'too_many_websockets' ? longestRest : 0;
      if (failed > 0 || least > 0) await rest(failed, least, signal);
    }
  }

  function waitAfter(error: unknown): number {
    const { means, after = 0, detail, error: name } = failureOf(error);
    const sentence =
      means === 'operator'
        ? `SLACK_APP_TOKEN: ${detail}`
        : `Slack cannot be reached (${name}); it is tried again and again.`;
    // One open socket is enough to work with.
    if (links.size === 0) trouble = say(sentence);
    return means === 'operator' ? longestRest : after;
  }

  function say(sentence: string): string {
    if (sentence !== trouble) log.warn({}, `slack: ${sentence}`);
    return sentence;
  }

  return {
    start() {
      running = Promise.all(Array.from({ length: sockets }, keep));
    },
    async stop() {
      stopping.abort();
      for (const link of links) link.close();
      const closed = Promise.all([...links].map((link) => link.closed));
      await Promise.race([closed, pause(1_000)]);
      await Promise.race([running, pause(500)]);
    },
    open: () => links.size,
    trouble: () => trouble,
  };
}

/** Slack renews sockets now and then: nothing is wrong, and no pause is needed. */
function isPlanned(reason: string): boolean {
  return reason === 'warning' || reason === 'refresh_requested';
}
