import { readFileSync } from 'node:fs';
import { createWebChannel } from '../adapters/web/channel.ts';
import { createWebDesk } from '../adapters/web/desk/desk.ts';
import { createApp } from './app/app.ts';
import type { Apply } from './app/apply.ts';
import { type Core, createCore } from './app/core.ts';
import { createDesk } from './app/desk.ts';
import { createLog, type Log } from './app/log.ts';
import { createMetrics } from './app/metrics.ts';
import type { Config } from './config.ts';
import type { Knowledge } from './core/knowledge/knowledge.ts';
import { prepareKnowledge } from './knowledge/prepare.ts';
import { problemLine } from './knowledge/problem.ts';
import type { Channel, Store } from './ports.ts';
import { createRoutes, listen } from './server.ts';
import { slackDesk, slackDeskLine, slackLine, slackOf } from './slack.ts';
import { openStore } from './store/open.ts';
import { wechatLines, wechatOf, wechatSecrets } from './wechat.ts';
import { wechatyLine, wechatyOf, wechatySecrets } from './wechaty.ts';

/** The running program. */
export interface Running {
  readonly url: string;
  /** Stops taking messages in, finishes what is under way, closes the database. */
  stop(): Promise<void>;
}

/** What is wrong before the start: the message tells everything, one line each. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The version of the program. */
export function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

/** The log of the program; secrets of the configuration never appear in it. */
export function logOf(config: Config, level: string = config.logLevel): Log {
  return createLog({ level, output: process.stderr, secrets: secretsOf(config) });
}

function secretsOf(config: Config): readonly string[] {
  const { databaseUrl, slack } = config;
  const password = databaseUrl && new URL(databaseUrl).password;
  return [
    ...(password ? [password, decodeURIComponent(password)] : []),
    ...[config.deskPassword, slack?.botToken, slack?.appToken, slack?.signingSecret].filter(
      (secret) => secret !== undefined,
    ),
    ...wechatSecrets(config),
    ...wechatySecrets(config),
  ];
}

/** The knowledge and the core on it, or a `StartError` with all problems of it; warnings are logged. */
export async function knowledgeOf(config: Config, log: Log): Promise<{ knowledge: Knowledge; core: Core }> {
  const prepared = await prepareKnowledge(config.knowledgeDir);
  const { knowledge, problems } = prepared;
  if (!knowledge) throw new StartError(problems.map(problemLine).join('\n'));
  if (problems.length > 0)
    log.warn(`warnings about the knowledge: ${problems.length}; npm run wenda -- check lists them`);
  return { knowledge, core: createCore(knowledge, prepared.index) };
}

/** Starts everything that is configured. Rejects when something is wrong; then nothing has been started. */
export async function run(config: Config): Promise<Running> {
  const log = logOf(config);
  const { knowledge, core } = await knowledgeOf(config, log);
  const { databaseUrl, dataDir } = config;
  const desk = config.slack?.deskChannel === undefined ? undefined : slackDesk;
  const store = await openStore({ databaseUrl, dataDir, desk });
  try {
    return await serve(config, log, { knowledge, core, store });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(
  config: Config,
  log: Log,
  { knowledge, core, store }: { knowledge: Knowledge; core: Core; store: Store },
): Promise<Running> {
  const apply: Apply = (step) => app.apply(step);
  const desk = createDesk({ store, apply, knowledge, channels: () => channels });
  const web = createWebChannel({
    transcript: store.transcript,
    file: store.file,
    clock: Date.now,
    suggest: core.suggest,
    allowedOrigins: config.allowedOrigins,
    trustProxy: config.trustProxy,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
    log,
  });
  const webDesk = createWebDesk({
    desk,
    clock: Date.now,
    trustProxy: config.trustProxy,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
    ...(config.deskPassword !== undefined && { password: config.deskPassword }),
    log,
  });
  const metrics = createMetrics({ version: version(), counts: store.counts });
  const wechat = await wechatOf(config, { store, apply, knowledge, metrics, clock: Date.now, log });
  const slack = await slackOf(config, { core, store, desk, log, knowledge });
  const personal = await wechatyOf(config, { store, apply, knowledge, clock: Date.now, log });
  const ways = [web, ...(slack ? [slack] : []), ...wechat, ...(personal ? [personal] : [])];
  const channels: readonly Channel[] = [...ways.map(({ channel }) => channel), ...(slack?.desk ? [slack.desk] : [])];
  const app = createApp({
    store,
    core,
    channels,
    clock: Date.now,
    log,
    metrics,
    settled(conversation) {
      web.wake(conversation);
      webDesk.wake();
    },
    changed: webDesk.wake,
  });
  const routes = createRoutes({
    store,
    channels,
    metrics,
    routes: [...ways.map((way) => way.routes), webDesk.routes],
    log,
  });
  const http = await listen(routes, config.host, config.port);
  await app.start().catch(async (error) => {
    await http.close();
    throw error;
  });
  const { waitingCases } = await store.counts();
  log.info(`Web chat: on, ${config.publicUrl ?? http.url}`);
  log.info(
    `Web desk: on, ${webDesk.link(http.url)}${config.deskPassword ? '' : ' (DESK_PASSWORD sets a password that stays)'}`,
  );
  log.info(
    `Database: ${config.databaseUrl ? 'PostgreSQL' : `SQLite in ${config.dataDir}/ (DATABASE_URL turns PostgreSQL on)`}`,
  );
  const { entries, questionnaires } = knowledge;
  log.info(`Knowledge: answers ${entries.size}, questionnaires ${questionnaires.size}, from ${config.knowledgeDir}/`);
  log.info(slackLine(config));
  log.info(slackDeskLine(config));
  for (const line of [...wechatLines(config), wechatyLine(config)]) log.info(line);
  if (personal) log.info(personal.notice(config.publicUrl ?? http.url));
  if (waitingCases > 0)
    log.warn(`cases that wait for a consultant: ${waitingCases}; npm run wenda -- report lists them`);
  return {
    url: http.url,
    async stop() {
      webDesk.stop();
      const stopped = app.stop();
      await Promise.all([stopped, http.close()]);
      await store.close();
      log.info('stopped');
    },
  };
}
