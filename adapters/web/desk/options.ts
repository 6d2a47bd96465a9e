import type { Clock, Desk } from '../../../src/ports.ts';
import type { Log } from '../options.ts';

/** What the web desk is made from. */
export interface DeskOptions {
  readonly desk: Desk;
  /** Without one, a random password is made, which the link carries. */
  readonly password?: string;
  /** The address under which people reach the program; with https the session cookie is sent over https only. */
  readonly publicUrl?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** True when a proxy of the operator sets X-Forwarded-For. */
  readonly trustProxy?: boolean;
  /** Folder of the built pages; default: `dist/web` of this project. */
  readonly assets?: string;
  /** How often open pages are checked for what another replica did, ms; default 2,000. */
  readonly pollEvery?: number;
  readonly heartbeatEvery?: number;
}

/** How long a session lasts after it was last used, ms. */
export const sessionTime = 12 * 3_600_000;
