import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { FaultState } from '../faults.ts';
import type { Json, Push } from '../index.ts';
import type { Media } from '../media.ts';
import type { Screen } from '../screen.ts';
import { Refusal } from '../server.ts';

/** 0 new, 1 bot, 2 queue, 3 human, 4 ended or not begun. */
export type ServiceState = 0 | 1 | 2 | 3 | 4;

/** A customer as the company's side knows him or her. */
export interface Person {
  readonly id: string;
  readonly openKfId: string;
  /** Name on WeChat. */
  readonly name: string;
  readonly screen: Screen;
  /** When the customer last wrote or was last welcomed, ms since 1970. */
  wroteAt: number;
  enteredAt: number;
  welcomedAt: number;
  /** Messages left in the window of `wroteAt`. */
  left: number;
  rejects: boolean;
  session: { state: ServiceState; servicer: string };
}

/** A code for `send_msg_on_event`. */
export interface Code {
  readonly person: Person;
  readonly until: number;
  /** The session must be in this state when it is used. */
  readonly state: ServiceState | undefined;
  readonly welcome: boolean;
}

/** A message that `sync_msg` gives out. */
export interface Stored {
  readonly at: number;
  readonly message: Json;
}

/** State of one company's 微信客服. */
export interface World {
  readonly clock: Clock;
  readonly media: Media;
  readonly faults: FaultState;
  /** Messages of each 客服账号, oldest first. */
  readonly logs: Map<string, Stored[]>;
  readonly people: Map<string, Person>;
  /** Employees, and whether they are receiving (正在接待). */
  readonly servicers: Map<string, boolean>;
  readonly codes: Map<string, Code>;
  /** Tells the bot that there is something to fetch. */
  notify(openKfId: string): Promise<Push>;
}

/** How long a session, a window and the record of a welcome last. */
export const window = 48 * 3_600_000;

/** The state of a session now: 48 hours after the last message it is over. */
export function stateOf({ clock }: World, person: Person): ServiceState {
  if (clock.now() - person.wroteAt > window) person.session = { state: 4, servicer: '' };
  return person.session.state;
}

/** Stores a message of a customer (origin 3) or a servicer (origin 5). */
export function store(world: World, person: Person, origin: 3 | 5, type: string, part: Json, rest: Json = {}): void {
  const own = { open_kfid: person.openKfId, external_userid: person.id, ...rest };
  append(world, person.openKfId, { ...own, origin, msgtype: type, [type]: part });
}

/** Stores an event (origin 4): ids stand inside it only. */
export function storeEvent(world: World, person: Person, type: string, part: Json): void {
  const event = { event_type: type, open_kfid: person.openKfId, external_userid: person.id, ...part };
  append(world, person.openKfId, { origin: 4, msgtype: 'event', event });
}

function append({ logs, clock }: World, openKfId: string, message: Json): void {
  const at = clock.now();
  const msgid = randomBytes(16).toString('base64url');
  logs.get(openKfId)?.push({ at, message: { msgid, send_time: Math.floor(at / 1000), ...message } });
}

/** A code for one message of the company's, valid for 20 seconds or, with a state, while it lasts. */
export function giveCode(world: World, person: Person, state?: ServiceState): string {
  const code = randomBytes(24).toString('base64url');
  const until = state === 2 || state === 3 ? Infinity : world.clock.now() + 20_000;
  world.codes.set(code, { person, until, state, welcome: state === undefined });
  return code;
}

/** The customer that a call names; throws 95000 for an unknown account, 40096 for an unknown customer. */
export function named(world: World, openKfId: unknown, externalUserId: unknown): Person {
  if (!world.logs.has(String(openKfId))) throw new Refusal(95000, 'invalid open_kfid');
  const person = world.people.get(String(externalUserId));
  if (!person || person.openKfId !== openKfId) throw new Refusal(40096, 'invalid external userid');
  return person;
}
