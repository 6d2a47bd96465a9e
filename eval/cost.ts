import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a matcher takes of the machine. */
export interface Cost {
  /** Milliseconds of processor time, in a process that has just started. */
  readonly build: number;
  /** Milliseconds a message. */
  readonly p50: number;
  readonly p99: number;
  /** Megabytes that building it adds, after a garbage collection. */
  readonly memory: number;
}

/** Measures a matcher, by its name, in a process of its own. */
export async function measureCost(matcher: string, knowledge: string, questions: string): Promise<Cost> {
  const child = fork(new URL('cost-child.ts', import.meta.url), [matcher, knowledge, questions], {
    execArgv: ['--expose-gc', '--disable-warning=PINODEP008'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`measuring ${matcher} ended with code ${code}`);
  });
  const [cost] = await Promise.race([once(child, 'message'), failed]);
  return cost as Cost;
}
