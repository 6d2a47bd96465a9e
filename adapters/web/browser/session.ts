import { openSession } from './api.ts';
import type { Keep } from './keep.ts';

/** Who this visitor is: a token, asked for once and kept. */
export interface Session {
  token(): Promise<string>;
  /** Forgets a token that the server does not accept. */
  drop(token: string): void;
}

const name = 'session';

export function createSession(keep: Keep): Session {
  let asking: Promise<string> | undefined;

  const ask = async () => {
    const token = await openSession();
    // Another tab may have been faster; both must be the same visitor.
    const kept = keep.get(name);
    if (kept !== null) return kept;
    keep.set(name, token);
    return token;
  };

  return {
    token: async () => {
      const kept = keep.get(name);
      if (kept !== null) return kept;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    drop: (token) => {
      if (keep.get(name) === token) keep.remove(name);
    },
  };
}
