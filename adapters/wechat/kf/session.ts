import { type Clock, SendError } from '../../../src/ports.ts';
import type { Api } from '../api/api.ts';
import type { Trays } from '../tray.ts';
import { channelName } from './decode.ts';

/** Who serves a customer: nobody yet, us, the queue, a person in WeCom (4: nobody any more). [94698] */
const state = { fresh: 0, bot: 1, queue: 2, person: 3 };

/** A session that we took over is ours until it ends, at the latest after this time, ms. */
const sessionTime = 24 * 3_600_000;

/** Keeps the session of each customer in step: ours while nobody in WeCom serves it. */
export interface Session {
  /** Takes a fresh session over; throws a `SendError` while somebody in WeCom has it. */
  check(conversation: string): Promise<void>;
  /** The session went to somebody else, or ended. */
  changed(conversation: string): Promise<void>;
  /** True while the session is somebody's in WeCom, as far as that can be learnt. */
  isTaken(conversation: string): Promise<boolean>;
}

/** The ids in the name of a conversation. */
export function idsOf(conversation: string): { readonly account: string; readonly person: string } {
  const [account = '', person = ''] = conversation.slice(channelName.length + 1).split(':');
  return { account, person };
}

/** Creates the keeper of sessions. `taken` hears of a person in WeCom who was found to have one. */
export function createSession(options: {
  readonly api: Api;
  readonly trays: Trays;
  readonly clock: Clock;
  taken(conversation: string, servicer: string): Promise<void>;
}): Session {
  const { api, trays, clock, taken } = options;
  const whom = (conversation: string) => {
    const { account, person } = idsOf(conversation);
    return { open_kfid: account, external_userid: person };
  };
  const ask = (conversation: string) => api.call('kf/service_state/get', whom(conversation));

  return {
    async check(conversation) {
      const { servedSince } = await trays.read(conversation);
      if (clock() - servedSince < sessionTime) return;
      const { service_state: now, servicer_userid: servicer } = await ask(conversation);
      if (now === state.person && typeof servicer === 'string' && servicer !== '') await taken(conversation, servicer);
      if (now === state.queue || now === state.person) throw new SendError('refused', held);
      if (now === state.fresh) {
        await api.call('kf/service_state/trans', { ...whom(conversation), service_state: state.bot });
      }
      if (now === state.fresh || now === state.bot)
        await trays.change(conversation, (tray) => ({ ...tray, servedSince: clock() }));
    },
    changed: (conversation) => trays.change(conversation, (tray) => ({ ...tray, servedSince: 0 })),
    async isTaken(conversation) {
      try {
        const { service_state: now } = await ask(conversation);
        return now === state.queue || now === state.person;
      } catch {
        return true;
      }
    },
  };
}

const held =
  'A colleague in WeCom has this conversation: nothing can be sent from here before it is ended there. Write in WeCom.';
