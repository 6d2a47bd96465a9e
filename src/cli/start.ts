import { readConfig } from '../config.ts';
import { isOfWechaty } from '../wechaty.ts';
import { holdMemory, releaseMemory } from './memory.ts';

/** A stop that takes longer than this is cut off, ms; what was not finished is in the store. */
const longestStop = 5_000;

/** Starts every channel that is configured; resolves with the exit code when the program was told to stop. */
export async function run(): Promise<number> {
  holdMemory();
  // Imported only now, since importing leaves much behind as well.
  const { logOf, run: startProgram } = await import('../main.ts');
  const config = readConfig(process.env);
  const log = logOf(config);
  const fail = (error: unknown) => {
    // The state is safe in the store; going on after an unexpected fault would not be.
    log.fatal({ err: error }, 'an unexpected fault: the program ends, start it again');
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', (error) => {
    if (!isOfWechaty(error)) fail(error);
    log.error({ err: error }, 'wechat: the puppet left a fault unhandled');
  });
  const running = await startProgram(config);
  console.log(`Wenda is ready: ${running.url}`);
  releaseMemory();
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, resolve);
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));
  log.info(`${signal}: stopping`);
  setTimeout(() => process.exit(0), longestStop).unref();
  await running.stop();
  return 0;
}
