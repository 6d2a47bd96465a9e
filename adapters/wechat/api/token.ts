import type { Clock } from '../../../src/ports.ts';

/** A token is renewed this long before it ends, ms: the old and the new one are then valid side by side. */
const early = 5 * 60_000;

/** What the platform gives: a token, and for how many seconds it is valid. */
export interface Issued {
  readonly token: string;
  readonly seconds: number;
}

/** The access token of an API. */
export interface Tokens {
  /** A valid token; everybody who asks meanwhile waits for the same call. */
  get(): Promise<string>;
  /** The platform no longer takes this token: the next `get` asks for another one. */
  reject(token: string): void;
}

/** Creates the keeper of a token. `issue`: asks the platform; `rejected` is the token that it must not give again. */
export function createTokens(clock: Clock, issue: (rejected: string | undefined) => Promise<Issued>): Tokens {
  let held: { readonly token: string; readonly until: number } | undefined;
  let rejected: string | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { token, seconds } = await issue(rejected);
    held = { token, until: clock() + seconds * 1000 - early };
    rejected = undefined;
    return token;
  }

  return {
    async get() {
      if (held && clock() < held.until) return held.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    reject(token) {
      if (held?.token !== token) return;
      rejected = token;
      held = undefined;
    },
  };
}
