import type { Timers } from './clock.ts';
import type { FaultState } from './faults.ts';
import type { Answer, Attempt, Push, Reply } from './index.ts';
import { request } from './request.ts';

/** One push as it fills up. */
type Open<T> = { -readonly [K in keyof T]: T[K] };

/** What a platform knows of a push. */
export interface Job {
  readonly xml: string;
  /** Address with a fresh signature, and the body: made anew for each attempt. */
  readonly prepare: () => { readonly url: string; readonly body: string };
  /** The reply in an answer, or undefined; throws what is wrong with it. */
  readonly judge: (answer: Answer) => Reply | undefined;
  /** WeCom tries again after any status but 200; WeChat shows the banner. */
  readonly retryAfterRefusal: boolean;
}

/** Delivers pushes: three attempts, each cut off after `deadline`, the next one right then. */
export interface Pusher {
  readonly pushes: readonly Push[];
  push(job: Job): Promise<Push>;
  /** Resolves when no push is under way. */
  settled(): Promise<void>;
}

const attempts = 3;

/** A pusher that meets the faults of its platform. */
export function createPusher(clock: Timers, faults: FaultState, deadline: number): Pusher {
  const pushes: Push[] = [];
  const running = new Set<Promise<Push>>();

  return {
    pushes,
    push(job) {
      const push: Open<Push> & { attempts: Attempt[] } = { xml: job.xml, attempts: [], outcome: 'pending' };
      pushes.push(push);
      const run = deliver(job, push);
      running.add(run);
      void run.finally(() => running.delete(run));
      return run;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };

  async function deliver(job: Job, push: Open<Push> & { attempts: Attempt[] }): Promise<Push> {
    for (let number = 0; number < attempts; number += 1) {
      const started = clock.now();
      const same = Array.from({ length: faults.push.concurrent }, () => attempt(job, push, number));
      const [first] = await Promise.all(same);
      if (first?.outcome === 'answered' && settle(job, push, first)) break;
      // A broken connection does not bring the next attempt forward.
      const left = started + deadline - clock.now();
      if (number + 1 < attempts && left > 0) await new Promise<void>((resolve) => clock.after(left, resolve));
    }
    if (push.outcome === 'pending') {
      push.outcome = 'failed';
      push.problem ??= `no answer in ${attempts} attempts`;
    }
    for (let copy = 1; copy < faults.push.copies; copy += 1) await attempt(job, push, push.attempts.length);
    return push;
  }

  /** Whether the push ends with this answer. */
  function settle(job: Job, push: Open<Push>, { answer, reply }: Attempt): boolean {
    if (!answer) return false;
    try {
      job.judge(answer);
    } catch (error) {
      push.problem = error instanceof Error ? error.message : String(error);
      if (job.retryAfterRefusal) return false;
      push.outcome = 'failed';
      return true;
    }
    delete push.problem;
    push.outcome = reply ? 'replied' : 'silent';
    if (reply) push.reply = reply;
    return true;
  }

  async function attempt(job: Job, push: { readonly attempts: Attempt[] }, number: number): Promise<Attempt> {
    const { url, body } = job.prepare();
    const at = clock.now();
    const record: Open<Attempt> = { number, at, url, body, outcome: 'pending' };
    push.attempts.push(record);
    if (faults.out()) {
      record.outcome = 'lost';
      return record;
    }
    const { answer, written, cut } = request('POST', url, body);
    const hangUp = faults.takes('hangUp');
    if (hangUp) void written.then(cut);
    const loseAnswer = !hangUp && faults.takes('loseAnswer');
    const late = Promise.withResolvers<'late'>();
    const stopClock = clock.after(deadline, () => late.resolve('late'));
    const got = await Promise.race([late.promise, answer.catch(() => 'lost' as const)]);
    if (loseAnswer && got !== 'late') await late.promise;
    stopClock();
    cut();
    if (got === 'late' || got === 'lost' || loseAnswer) {
      record.outcome = got === 'lost' ? 'lost' : 'late';
      if (typeof got === 'object') record.answer = got;
      return record;
    }
    Object.assign(record, { outcome: 'answered', answer: got, ms: clock.now() - at });
    try {
      const reply = job.judge(got);
      if (reply) record.reply = reply;
    } catch {
      // What is wrong with it is told once, on the push.
    }
    return record;
  }
}
