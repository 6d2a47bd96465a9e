import type { Setup, Slack } from './index.ts';

/** Starts a workspace on a free port of loopback. */
export declare function startSlack(setup: Setup): Promise<Slack>;
