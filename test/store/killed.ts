import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { saying } from './contract.ts';

/** What must hold when a sender is killed while it holds a lease: at `due` its message is handed out again. */
export function killedBetweenClaimAndSettle(options: () => StoreOptions, due: number): void {
  it('hands a message out again when its sender was killed between claim and settle', async () => {
    const before = await openStore(options());
    await before.transact({ key: 'kill-1', conversation: 'kill:1', at: 1 }, () => saying('reply'));
    await before.close();

    const sender = fork(new URL('./claimer.ts', import.meta.url), [JSON.stringify(options())]);
    const [claimed] = await once(sender, 'message');
    const exit = once(sender, 'exit');
    sender.kill('SIGKILL');
    await exit;

    const after = await openStore(options());
    if (due > 0) expect(await after.claim(due - 1, 1, 1_000)).toEqual([]);
    const again = await after.claim(due, 1, 1_000);
    expect(again).toEqual([{ ...claimed[0], attempts: 1 }]);
    await after.settle({ id: again[0]?.id ?? 0, conversation: 'kill:1' }, { as: 'sent' }, due + 1);
    expect((await after.transcript('kill:1', 0, 10)).map(({ text }) => text)).toEqual(['a question', 'reply']);
    await after.close();
  });
}
