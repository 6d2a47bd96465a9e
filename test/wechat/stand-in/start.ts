import { startAccount } from './account/account.ts';
import { createClock } from './clock.ts';
import type { Setup, Tencent } from './index.ts';
import { startKf } from './kf/kf.ts';

/** Starts a local Tencent on loopback, both APIs on ports of their own. */
export async function startTencent({ deadline = 5000, account, kf }: Setup = {}): Promise<Tencent> {
  const clock = createClock();
  const running = [
    await startAccount(clock, deadline, account ?? {}),
    await startKf(clock, deadline, kf ?? {}),
  ] as const;
  return {
    clock,
    account: running[0],
    kf: running[1],
    async settled(ms = 10_000) {
      const all = Promise.all(running.map(({ pusher }) => pusher.settled()));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`pushes are still under way after ${ms} ms`)), ms);
      });
      await Promise.race([all, late]).finally(() => clearTimeout(timer));
    },
    async stop() {
      clock.stop();
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
