import type { Push } from '../index.ts';
import type { Line } from './follower.ts';
import type { Agent, Follower } from './types.ts';
import type { Person, World } from './world.ts';

/** How long a session at 客服 lasts when nobody closes it. */
export const sessionMs = 30 * 60_000;

/** Adds a member of WeChat's own 客服. */
export function createAgent(world: World, line: Line, account: string, online: boolean): Agent {
  world.agents.set(account, online);
  const person = ({ id }: Follower): Person => {
    const found = world.people.get(id);
    if (!found) throw new Error('nobody of this account');
    return found;
  };
  const event = (of: Person, name: string): Promise<Push> =>
    line.push(of, { MsgType: 'event', Event: name, KfAccount: account });
  return {
    account,
    takes(follower) {
      const waiting = person(follower);
      if (waiting.served.by !== 'queue') throw new Error('this person does not wait for 客服');
      waiting.served = { by: 'agent', account, until: world.clock.now() + sessionMs };
      return event(waiting, 'kf_create_session');
    },
    says(follower, text) {
      const served = person(follower);
      if (served.served.by !== 'agent' || served.served.account !== account)
        throw new Error(`${account} does not serve this person`);
      served.screen.show({ from: 'account', type: 'text', raw: text, by: 'agent' });
    },
    closes(follower) {
      const served = person(follower);
      served.served = { by: 'bot' };
      return event(served, 'kf_close_session');
    },
    goes(status) {
      world.agents.set(account, status === 'online');
    },
  };
}
