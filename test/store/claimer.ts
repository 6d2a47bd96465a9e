import { openStore } from '../../src/store/open.ts';

/** A process that leases one message and then does nothing more, until it is killed. */
const store = await openStore(JSON.parse(process.argv[2] ?? '{}'));
process.send?.(await store.claim(10, 1, 1_000));
setInterval(() => undefined, 60_000);
