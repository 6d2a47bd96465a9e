import { type Method, Refusal } from '../server.ts';
import { type World, window } from './world.ts';

/** `kf/customer/batchget`: only customers who wrote or entered within 48 hours, at most 100 at once. */
export function batchGet(world: World): Method {
  return {
    verb: 'POST',
    run({ body }) {
      const ids = body['external_userid_list'];
      if (!Array.isArray(ids) || ids.length === 0 || ids.length > 100 || ids.some((id) => typeof id !== 'string')) {
        throw new Refusal(40058, 'invalid Request Parameter: external_userid_list');
      }
      const known = (id: string) => {
        const person = world.people.get(id);
        const at = person && Math.max(person.wroteAt, person.enteredAt);
        return at !== undefined && world.clock.now() - at <= window ? person : undefined;
      };
      return {
        errcode: 0,
        errmsg: 'ok',
        customer_list: ids.flatMap((id) => {
          const person = known(id);
          return person ? [{ external_userid: id, nickname: person.name, avatar: '', gender: 0 }] : [];
        }),
        invalid_external_userid: ids.filter((id) => !known(id)),
      };
    },
  };
}
