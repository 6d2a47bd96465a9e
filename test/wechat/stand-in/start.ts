import type { Setup, Tencent } from './index.ts';

/** Starts a local Tencent on loopback, ports of its own. */
export declare function startTencent(setup?: Setup): Promise<Tencent>;
