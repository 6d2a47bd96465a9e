import { type Method, Refusal } from '../server.ts';
import { giveCode, named, type ServiceState, stateOf, storeEvent, type World } from './world.ts';

/** Where each state may go, by the table of the documentation. */
const transitions: Readonly<Record<ServiceState, readonly number[]>> = {
  0: [1, 2, 3],
  1: [2, 3],
  2: [3],
  3: [3, 4],
  4: [],
};

/** `kf/service_state/get` and `kf/service_state/trans`. */
export function stateMethods(world: World): { readonly get: Method; readonly trans: Method } {
  return {
    get: {
      verb: 'POST',
      run({ body }) {
        const person = named(world, body['open_kfid'], body['external_userid']);
        const service_state = stateOf(world, person);
        const servicer_userid = service_state === 3 ? person.session.servicer : '';
        return { errcode: 0, errmsg: 'ok', service_state, servicer_userid };
      },
    },
    trans: {
      verb: 'POST',
      run({ body }) {
        const person = named(world, body['open_kfid'], body['external_userid']);
        const from = stateOf(world, person);
        const to = body['service_state'];
        if (from === 4) throw new Refusal(95013, 'session is over');
        if (typeof to !== 'number' || !transitions[from].includes(to)) {
          throw new Refusal(95016, `state ${from} cannot become ${to}`);
        }
        const servicer = to === 3 ? String(body['servicer_userid'] ?? '') : '';
        if (to === 3 && !world.servicers.get(servicer)) throw new Refusal(95014, 'user is not a receiving servicer');
        const previous = person.session.servicer;
        person.session = { state: to as ServiceState, servicer };
        if (from === 3) {
          const change = to === 4 ? { change_type: 3 } : { change_type: 2, new_servicer_userid: servicer };
          storeEvent(world, person, 'session_status_change', { ...change, old_servicer_userid: previous });
          void world.notify(person.openKfId);
        }
        const first = to !== from && (to === 2 || to === 3 || to === 4);
        return { errcode: 0, errmsg: 'ok', ...(first ? { msg_code: giveCode(world, person, to) } : {}) };
      },
    },
  };
}
