import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Orders, Step } from './program.ts';
import { startTencent, type Tencent } from './stand-in/index.ts';

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** The bot in a process of its own, and a line that it wrote. */
interface Program {
  readonly child: ChildProcess;
  wrote(start: string): Promise<string>;
}

function run(tencent: Tencent, orders: Orders): Program {
  const env = { ...process.env, ...tencent.account.env, ...tencent.kf.env };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'program.ts'), JSON.stringify(orders)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return {
    child,
    async wrote(start) {
      const find = () => lines.find((line) => line.startsWith(start));
      await vi.waitUntil(find, { timeout: 90_000 });
      return find() ?? '';
    },
  };
}

async function kill({ child }: Program): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Runs the bot, lets something happen, kills it at the step, and starts it again on the same data and port. */
async function killed(
  step: Step,
  work: (tencent: Tencent) => Promise<{ readonly conversation: string; seen(): readonly string[] }>,
): Promise<{ readonly lines: readonly string[]; readonly seen: readonly string[] }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wenda-wechat-'));
  // A new start takes longer than Tencent's patience on a slow machine.
  const tencent = await startTencent({ deadline: 15_000, kf: { pageSize: 2 } });
  const first = run(tencent, { dataDir, port: 0, standstill: step });
  const url = (await first.wrote('ready')).slice('ready '.length);
  tencent.account.sendTo(`${url}/wechat/service-account`);
  tencent.kf.sendTo(`${url}/wechat/kf`);
  const working = work(tencent);
  await first.wrote(step);
  await kill(first);
  const second = run(tencent, { dataDir, port: Number(new URL(url).port), standstill: 'nowhere' });
  await second.wrote('ready');
  const { conversation, seen } = await working;
  await vi.waitUntil(() => seen().length > 0, { timeout: 90_000 });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await kill(second);
  const store = await openStore({ dataDir });
  const lines = await store.transcript(conversation, 0, 100);
  await store.close();
  await tencent.stop();
  rmSync(dataDir, { recursive: true });
  return { lines: lines.map(({ author, text }) => `${author} ${text.slice(0, 12)}`), seen: seen() };
}

// Most of the time these wait for a lease to end, so they wait together.
describe.concurrent('killed between the POST and the reply of a service account', () => {
  test.each(['after commit', 'before hand', 'after hand'] as const)(
    '%s: one answer, one transcript entry',
    { timeout: 300_000 },
    async (step) => {
      const { lines, seen } = await killed(step, async (tencent) => {
        const visitor = tencent.account.follower();
        const push = await visitor.writes('备案要多少钱');
        expect(push.outcome).toBe('replied');
        return { conversation: `wechat-service-account:${visitor.id}`, seen: visitor.heard };
      });
      expect(lines).toEqual(['visitor 备案要多少钱', expect.stringMatching(/^bot ICP备案本身/)]);
      expect(seen).toHaveLength(1);
      expect(seen.join()).toContain('ICP备案本身官方不收费');
    },
  );
});

describe.concurrent('killed while messages of 微信客服 are read', () => {
  test.each(['after commit', 'before cursor'] as const)(
    '%s: nothing lost, nothing twice',
    { timeout: 300_000 },
    async (step) => {
      const texts = ['备案要多少钱', '韩国服务器需要备案吗', '香港服务器要备案吗'];
      const { lines } = await killed(step, async (tencent) => {
        const customer = tencent.kf.customer();
        await customer.writesBurst(texts);
        const conversation = `wechat-kf:${customer.openKfId}:${customer.id}`;
        const seen = () => (customer.heard().join('\n').match(/来源/g)?.length === 3 ? customer.heard() : []);
        return { conversation, seen };
      });
      expect(lines.filter((line) => line.startsWith('visitor'))).toEqual(
        texts.map((text) => `visitor ${text.slice(0, 12)}`),
      );
      expect(lines.filter((line) => line.startsWith('bot'))).toHaveLength(3);
    },
  );
});
