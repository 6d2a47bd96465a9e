import { createConsoleChannel } from '../../adapters/console/channel.ts';
import { createApp } from '../app/app.ts';
import { createMetrics } from '../app/metrics.ts';
import { readConfig } from '../config.ts';
import { knowledgeOf, logOf, version } from '../main.ts';
import { openStore } from '../store/open.ts';

/**
 * Talks to the bot in the terminal until `/quit` or the end of the input. The conversation lives in memory: it is in
 * no report, and a running bot on the same database has nothing to do with it.
 */
export async function run(): Promise<number> {
  const config = readConfig(process.env);
  const log = logOf(config, 'warn');
  const { core } = await knowledgeOf(config, log);
  const store = await openStore({ dataDir: ':memory:' });
  const locale = terminalLocale(process.env);
  const { channel, ended } = createConsoleChannel({
    input: process.stdin,
    output: process.stdout,
    clock: Date.now,
    idle: () => app.idle(),
    ...(locale && { locale }),
  });
  const metrics = createMetrics({ version: version(), counts: store.counts });
  const app = createApp({ store, core, channels: [channel], clock: Date.now, log, metrics });
  try {
    await app.start();
    await ended;
  } finally {
    await app.stop();
    await store.close();
  }
  return 0;
}

/** The language of the terminal as POSIX names it (`zh_CN.UTF-8`), as a tag; undefined where none is set. */
function terminalLocale({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): string | undefined {
  return (LC_ALL || LC_MESSAGES || LANG)?.replace(/[.@].*$/, '').replaceAll('_', '-');
}
