import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { shippedCore, text } from './bot.ts';
import { conversations, left, messages, past, undisturbed } from './load.ts';
import { type Program, startProgram } from './process.ts';
import type { Step } from './program.ts';

let core: Core;
let dataDir: string;
const running = new Set<Program>();

beforeAll(async () => {
  core = await shippedCore();
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'wenda-kill-'));
});
afterEach(async () => {
  await Promise.all([...running].map((program) => program.kill()));
  running.clear();
  await rm(dataDir, { recursive: true });
});

async function start(ahead: number, standstill?: Step): Promise<Program> {
  const program = await startProgram({ store: { dataDir }, ahead, ...(standstill && { standstill }) });
  running.add(program);
  return program;
}

async function kill(program: Program): Promise<void> {
  running.delete(program);
  await program.kill();
}

describe('a program that is killed', { timeout: 120_000 }, () => {
  const message = text('ann', 1, 'how much does an ICP filing cost?');

  it.each(['before commit', 'after commit', 'after send'] as const)(
    '%s loses nothing and answers once after its restart',
    async (step) => {
      const first = await start(0, step);
      const acknowledged = first.deliver(message).then(
        () => true,
        () => false,
      );
      await first.wrote(step);
      await kill(first);
      const second = await start(past);
      // A platform that got no acknowledgement delivers again.
      if (!(await acknowledged)) await second.deliver(message);
      await second.idle();
      expect(await left({ dataDir }, ['ann'])).toEqual(await undisturbed(core, [message], ['ann']));
      const sends = [...first.sent, ...second.sent];
      expect(new Set(sends).size).toBe(1);
      // Sent but not settled: sent again under the same key, by which a platform knows it.
      expect(sends.length).toBe(step === 'after send' ? 2 : 1);
    },
  );

  it.each([1, 20, 100])('under load, after %i messages sent, does not either', async (enough) => {
    const first = await start(0);
    const deliveries = messages.map((incoming) => first.deliver(incoming).catch(() => undefined));
    await first.hasSent(enough);
    await kill(first);
    await Promise.all(deliveries);
    expect(first.sent.length).toBeLessThan(messages.length);
    const second = await start(past);
    // Also those that were acknowledged: a platform may not have heard it.
    await Promise.all(messages.map((incoming) => second.deliver(incoming)));
    await second.idle();
    const found = await left({ dataDir }, conversations);
    expect(found).toEqual(await undisturbed(core, messages, conversations));
    const replies = found.lines.flatMap(({ bot }) => bot);
    expect(new Set([...first.sent, ...second.sent]).size).toBe(replies.length);
  });
});
