import { type Clock, SendError } from '../../src/ports.ts';
import { createRecent } from '../../src/recent.ts';
import type { Api, Upload } from './api/api.ts';
import { Refused, Unanswered } from './api/request.ts';
import { otherWay } from './failure.ts';

/** Errors of `media/upload` that mean this file: its type, its size, its content. */
const unfit = new Set([40004, 40005, 40006, 40009, 41005, 45001]);

/** WeChat keeps media for three days; a day is enough for every attempt, ms. */
const keptFor = 24 * 3_600_000;

/** Files that are remembered to be with WeChat already. */
const remembered = 100;

/** Hands a file over before it is sent; resolves to its media id. Throws what `Api.upload` throws, or a `SendError`. */
export type HandOver = (id: string, kind: 'image' | 'file', file: Upload) => Promise<string>;

/** Creates the handing over. A file that is sent again is not handed over again. */
export function createHandOver(api: Api, clock: Clock): HandOver {
  const known = createRecent<{ readonly media: string; readonly at: number }>(remembered);
  return async (id, kind, file) => {
    const before = known.get(id);
    if (before && clock() - before.at < keptFor) return before.media;
    try {
      const media = await api.upload(kind, file);
      known.set(id, { media, at: clock() });
      return media;
    } catch (error) {
      if (error instanceof Unanswered)
        throw new SendError('retry', `WeChat did not take a file: ${error.message}.`, { cause: error });
      if (!(error instanceof Refused) || !unfit.has(error.code)) throw error;
      const reason = `WeChat does not take this file (${error.message}): the name was sent. ${otherWay}`;
      throw new SendError('refused', reason, { cause: error });
    }
  };
}
