import { randomBytes } from 'node:crypto';
import type { Json } from '../index.ts';
import { menuMessage } from '../menu-message.ts';
import { type Method, Refusal } from '../server.ts';
import { content } from './content.ts';
import { named, type Person, stateOf, storeEvent, type World, window } from './world.ts';

/** `kf/send_msg` and `kf/send_msg_on_event`; they share the record of msgids. */
export function sendMethods(
  world: World,
  repeated: 'ok' | 'refused',
): { readonly send: Method; readonly onEvent: Method } {
  const known = new Set<string>();

  function show(person: Person, type: string, part: Json, msgid: string): void {
    known.add(msgid);
    const failType = person.rejects ? 10 : world.faults.failType();
    if (failType !== undefined) {
      storeEvent(world, person, 'msg_send_fail', { fail_msgid: msgid, fail_type: failType });
      void world.notify(person.openKfId);
      return;
    }
    const raw = content(type, part, world.media);
    const rendered = type === 'msgmenu' ? menuMessage(part) : {};
    person.screen.show({ from: 'account', type, raw, by: 'api', ...rendered });
  }

  return {
    send: {
      verb: 'POST',
      run({ body }) {
        const person = named(world, body['open_kfid'], body['touser']);
        const msgid = ownId(body['msgid']);
        if (known.has(msgid)) {
          if (repeated === 'refused') throw new Refusal(40058, 'invalid Request Parameter: msgid');
          return { errcode: 0, errmsg: 'ok', msgid };
        }
        if (stateOf(world, person) > 1 && world.clock.now() - person.wroteAt <= window) {
          throw new Refusal(95018, 'send msg session status invalid');
        }
        const [type, part] = typed(body);
        content(type, part, world.media);
        if (world.clock.now() - person.wroteAt > window) throw new Refusal(95002, 'send msg time limit');
        if (person.left <= 0) throw new Refusal(95001, 'send msg count limit');
        person.left -= 1;
        show(person, type, part, msgid);
        return { errcode: 0, errmsg: 'ok', msgid };
      },
    },
    onEvent: {
      verb: 'POST',
      run({ body }) {
        const key = String(body['code'] ?? '');
        const code = world.codes.get(key);
        // The number is from memory; the pages name none for a code that is unknown, used or too old.
        if (!code || code.until < world.clock.now()) throw new Refusal(41050, 'code expired');
        const { person, state } = code;
        if (state !== undefined && stateOf(world, person) !== state) {
          throw new Refusal(95018, 'send msg session status invalid');
        }
        const msgid = ownId(body['msgid']);
        const [type, part] = typed(body);
        if (type !== 'text' && type !== 'msgmenu') throw new Refusal(40008, 'invalid message type');
        content(type, part, world.media);
        world.codes.delete(key);
        if (code.welcome) person.welcomedAt = world.clock.now();
        show(person, type, part, msgid);
        return { errcode: 0, errmsg: 'ok', msgid };
      },
    },
  };
}

function ownId(msgid: unknown): string {
  if (msgid === undefined || msgid === '') return randomBytes(16).toString('hex');
  if (typeof msgid !== 'string' || !/^[0-9a-zA-Z_-]{1,32}$/.test(msgid)) {
    throw new Refusal(40058, 'invalid Request Parameter: msgid');
  }
  return msgid;
}

function typed(body: Json): readonly [string, Json] {
  const type = body['msgtype'];
  const part = typeof type === 'string' ? body[type] : undefined;
  if (typeof type !== 'string' || typeof part !== 'object' || part === null) {
    throw new Refusal(40008, 'invalid message type');
  }
  return [type, part as Json];
}
