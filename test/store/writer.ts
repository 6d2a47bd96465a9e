import { newState } from '../../src/core/conversation/state.ts';
import { openStore } from '../../src/store/open.ts';

/** A process that applies the same fifty events as its twin; each event writes how many were applied before it. */
const store = await openStore(JSON.parse(process.argv[2] ?? '{}'));
for (let number = 0; number < 50; number++) {
  await store.transact({ key: `shared-${number}`, conversation: 'shared:1', at: number }, ({ state }) => {
    const misses = (state?.misses ?? 0) + 1;
    const message = { text: 'reply', language: 'en', refs: [] } as const;
    return {
      state: { ...newState('en'), misses },
      line: { author: 'visitor', text: `${misses}` },
      event: {},
      effects: [{ type: 'say', message }],
    };
  });
}
await store.close();
