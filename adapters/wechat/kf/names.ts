import type { Clock } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import type { Api } from '../api/api.ts';
import { soon } from '../soon.ts';

/** How long a visitor waits at most for the name to be looked up, ms. */
const patience = 1_500;

/** After these times a name, or a failed look-up, is asked for again, ms. */
const [keptFor, retryAfter] = [24 * 3_600_000, 10 * 60_000];

/** Names that are remembered. */
const remembered = 10_000;

/** The name that a customer has on WeChat; undefined when it cannot be learnt in time. */
export type NameOf = (person: string) => Promise<string | undefined>;

/** Creates the look-up: `kf/customer/batchget`. [developer.work.weixin.qq.com 95159] */
export function createNames(api: Api, clock: Clock): NameOf {
  const known = createRecent<{ readonly name: Promise<string | undefined>; readonly until: number }>(remembered);

  async function ask(person: string): Promise<string | undefined> {
    try {
      const { customer_list: list } = await api.call('kf/customer/batchget', { external_userid_list: [person] });
      const [customer]: readonly unknown[] = Array.isArray(list) ? list : [];
      const name = typeof customer === 'object' && customer && 'nickname' in customer ? customer.nickname : undefined;
      return typeof name === 'string' && name.trim() !== '' ? name : undefined;
    } catch {
      return undefined;
    }
  }

  function look(person: string): Promise<string | undefined> {
    const before = known.get(person);
    if (before && clock() < before.until) return before.name;
    const name = ask(person);
    known.set(person, { name, until: clock() + retryAfter });
    void name.then((found) => {
      if (found !== undefined) known.set(person, { name, until: clock() + keptFor });
    });
    return name;
  }

  return (person) => soon(patience, look(person));
}
