import type { Customer, Servicer } from './types.ts';
import { giveCode, type Person, stateOf, store, storeEvent, type World } from './world.ts';

/** Adds an employee who can receive customers in the WeCom app. */
export function createServicer(world: World, userId: string, receiving: boolean): Servicer {
  world.servicers.set(userId, receiving);

  function served(customer: Customer, state: 2 | 3): Person {
    const person = world.people.get(customer.id);
    if (!person || stateOf(world, person) !== state) throw new Error(`this customer is not in state ${state}`);
    if (state === 3 && person.session.servicer !== userId) throw new Error(`${userId} does not serve this customer`);
    return person;
  }

  return {
    userId,
    takes(customer) {
      const person = served(customer, 2);
      person.session = { state: 3, servicer: userId };
      storeEvent(world, person, 'session_status_change', { change_type: 1, new_servicer_userid: userId });
      return world.notify(person.openKfId);
    },
    says(customer, content) {
      const person = served(customer, 3);
      person.screen.show({ from: 'account', type: 'text', raw: content, by: 'agent' });
      store(world, person, 5, 'text', { content }, { servicer_userid: userId });
      return world.notify(person.openKfId);
    },
    ends(customer) {
      const person = served(customer, 3);
      person.session = { state: 4, servicer: '' };
      const msg_code = giveCode(world, person, 4);
      storeEvent(world, person, 'session_status_change', { change_type: 3, old_servicer_userid: userId, msg_code });
      return world.notify(person.openKfId);
    },
    receives(on) {
      world.servicers.set(userId, on);
      const [openKfId = ''] = world.logs.keys();
      storeStatus(world, openKfId, userId, on);
      return world.notify(openKfId);
    },
  };
}

function storeStatus({ logs, clock }: World, openKfId: string, servicer_userid: string, on: boolean): void {
  const at = clock.now();
  const event = { event_type: 'servicer_status_change', servicer_userid, status: on ? 1 : 2, open_kfid: openKfId };
  const send_time = Math.floor(at / 1000);
  const msgid = `status-${at}-${servicer_userid}`;
  logs.get(openKfId)?.push({ at, message: { msgid, send_time, origin: 4, msgtype: 'event', event } });
}
