import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Hono } from 'hono';
import type { Apply } from './app/apply.ts';
import type { Log } from './app/log.ts';
import { createPhone } from './app/phone.ts';
import { type Config, ConfigError } from './config.ts';
import type { Knowledge } from './core/knowledge/knowledge.ts';
import type { Channel, Clock, Store } from './ports.ts';

/** The personal WeChat account when it is configured. wechaty is loaded only then: it is an optional package. */
export async function wechatyOf(
  { wechaty, dataDir }: Pick<Config, 'wechaty' | 'dataDir'>,
  needs: { store: Store; apply: Apply; knowledge: Knowledge; clock: Clock; log: Log },
): Promise<{ channel: Channel; routes: Hono; notice(url: string): string } | undefined> {
  if (!wechaty) return undefined;
  const { store, apply, knowledge, clock, log } = needs;
  const { WechatyBuilder, FileBox } = await load();
  const { createWechatyChannel } = await import('../adapters/wechat/wechaty/channel.ts');
  const { puppet, token, friends, password } = wechaty;
  mkdirSync(dataDir, { recursive: true });
  return createWechatyChannel({
    store,
    moreWords: Object.values(knowledge.phrases).flatMap(({ commands }) => commands.more),
    friends,
    ...(password !== undefined && { password }),
    phone: createPhone({ surface: 'wechat-personal', store, apply }),
    // What the puppet keeps about the login lies beside the database.
    build: () => WechatyBuilder.build(buildOptions(puppet, resolve(dataDir, 'wechaty'), token)),
    box: (base64, name) => FileBox.fromBase64(base64, name),
    print: (text) => void process.stdout.write(text),
    clock,
    log,
  });
}

function buildOptions(puppet: string, name: string, token: string | undefined) {
  // Any package can be a puppet; the type of wechaty lists the official ones only.
  type Options = Parameters<typeof import('wechaty').WechatyBuilder.build>[0];
  return { name, puppet, ...(token !== undefined && { puppetOptions: { token } }) } as Options;
}

async function load() {
  try {
    const [{ WechatyBuilder }, { FileBox }] = await Promise.all([import('wechaty'), import('file-box')]);
    return { WechatyBuilder, FileBox };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigError('WECHATY_PUPPET needs the package wechaty: npm install --include=optional installs it.');
  }
}

/** True for a fault inside wechaty or a puppet that nobody handled: it concerns the WeChat account only. */
export function isOfWechaty(error: unknown): boolean {
  return error instanceof Error && /node_modules[\\/](?:@[\w-]+[\\/])?wechaty/.test(error.stack ?? '');
}

/** What must not appear in logs. */
export function wechatySecrets({ wechaty }: Pick<Config, 'wechaty'>): readonly string[] {
  return [wechaty?.token, wechaty?.password].filter((secret) => secret !== undefined);
}

/** What the operator is told at the start. */
export function wechatyLine({ wechaty }: Pick<Config, 'wechaty'>): string {
  if (!wechaty) return 'WeChat personal account: off (WECHATY_PUPPET turns it on; docs/wechat.md)';
  return `WeChat personal account: on (${wechaty.puppet}); automation is against WeChat’s terms and may cost the account`;
}
