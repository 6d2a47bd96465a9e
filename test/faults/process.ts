import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { DeskAct, DeskOutcome, Incoming } from '../../src/ports.ts';
import type { News, Order, Orders } from './program.ts';

/** A bot in a process of its own. */
export interface Program {
  /** Hands over a message; resolves when the program acknowledges it, rejects when it refuses it or dies. */
  deliver(incoming: Incoming): Promise<'applied' | 'seen'>;
  /** Acts at its desk; rejects when that could not be done, or the program dies. */
  act(act: DeskAct): Promise<DeskOutcome>;
  /** Resolves when the program writes this line. */
  wrote(line: string): Promise<void>;
  /** Keys of what it sent, in order, as its platform saw it. */
  readonly sent: readonly string[];
  /** Resolves when it has sent at least so many messages. */
  hasSent(count: number): Promise<void>;
  /** Resolves when nothing is left to be carried out. */
  idle(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a program; resolves when it takes messages. */
export async function startProgram(orders: Orders): Promise<Program> {
  const child = fork(new URL('./program.ts', import.meta.url), [JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const sent: string[] = [];
  const lines = new Map<string, PromiseWithResolvers<void>>();
  const line = (text: string) => {
    const entry = lines.get(text) ?? Promise.withResolvers<void>();
    lines.set(text, entry);
    return entry;
  };
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (text.startsWith('sent ')) line(`${sent.push(text.slice('sent '.length))} sent`).resolve();
      line(text).resolve();
    });
  }
  await heard(child, (news) => 'ready' in news);
  return {
    sent,
    hasSent: (count) => line(`${count} sent`).promise,
    wrote: (text) => line(text).promise,
    async deliver(incoming) {
      const answer = heard(child, (news) =>
        'applied' in news ? news.applied === incoming.key : 'rejected' in news && news.rejected === incoming.key,
      );
      tell(child, { incoming });
      const news = await answer;
      if ('applied' in news) return news.as;
      throw new Error('rejected' in news ? news.reason : 'no answer');
    },
    async act(act) {
      const answer = heard(child, (news) =>
        'acted' in news ? news.acted === act.key : 'rejected' in news && news.rejected === act.key,
      );
      tell(child, { act });
      const news = await answer;
      if ('acted' in news) return news.outcome;
      throw new Error('rejected' in news ? news.reason : 'no answer');
    },
    async idle() {
      const answer = heard(child, (news) => 'idle' in news);
      tell(child, { idle: true });
      await answer;
    },
    async kill() {
      const gone = once(child, 'close');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function tell(child: ChildProcess, order: Order): void {
  child.send(order);
}

function heard(child: ChildProcess, wanted: (news: News) => boolean): Promise<News> {
  return new Promise((resolve, reject) => {
    const hear = (news: News) => {
      if (!wanted(news)) return;
      stop();
      resolve(news);
    };
    const died = () => {
      stop();
      reject(new Error('the program died'));
    };
    const stop = () => child.off('message', hear).off('exit', died);
    child.setMaxListeners(0).on('message', hear).once('exit', died);
  });
}
