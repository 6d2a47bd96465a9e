import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Running, run } from '../../src/main.ts';
import type { Json, Message, Place, Slack } from './stand-in/index.ts';

/** The manifest that people install the app with. */
export const manifest: Json = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../adapters/slack/manifest.json'), 'utf8'),
);

/** The whole program, connected to a local Slack. */
export interface Bot {
  readonly url: string;
  /** What `/readyz` says of Slack. */
  health(): Promise<{ readonly ready: boolean; readonly detail: string }>;
  stop(): Promise<void>;
}

/** Starts the program on a fresh database (or on the one in `data`) and waits until Slack is connected. */
export async function startBot(
  slack: Slack,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly data?: string;
    readonly http?: boolean;
    readonly wait?: boolean;
  } = {},
): Promise<Bot> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'wenda-slack-'));
  const running: Running = await run(
    readConfig({
      PORT: '0',
      DATA_DIR: data,
      LOG_LEVEL: process.env['SLACK_TEST_LOG'] ?? 'silent',
      SLACK_BOT_TOKEN: slack.botToken,
      ...(options.http ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
      SLACK_API_URL: slack.apiUrl,
      ...options.env,
    }),
  );
  const health = async () => {
    const ready: { slack: { ready: boolean; detail: string } } = JSON.parse(
      await (await fetch(`${running.url}/readyz`)).text(),
    );
    return ready.slack;
  };
  if (options.http) slack.sendTo(`${running.url}/slack/events`);
  if (options.wait !== false)
    await vi.waitFor(async () => expect(await health()).toMatchObject({ ready: true }), 10_000);
  return {
    url: running.url,
    health,
    async stop() {
      await running.stop();
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Messages of the bot in a place (with `thread`: in that thread), oldest first; those that only one person sees too. */
export function botMessages(slack: Slack, place: Place, thread?: string): readonly Message[] {
  return slack.messages(place, thread).filter(({ bot_id: bot }) => bot === slack.botId);
}

/** Waits until the bot has said `count` things there, and gives them. */
export async function replies(slack: Slack, place: Place, count = 1, thread?: string): Promise<readonly Message[]> {
  await expect.poll(() => botMessages(slack, place, thread).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  return botMessages(slack, place, thread);
}

/** Gives the bot time to say something that it should not say. */
export async function quiet(slack: Slack, ms = 300): Promise<void> {
  await slack.settled();
  await new Promise((resolve) => setTimeout(resolve, ms));
}
