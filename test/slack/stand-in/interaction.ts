import { objects } from './content.ts';
import { shown } from './event.ts';
import type { Json } from './index.ts';
import type { Reply } from './person.ts';
import { createResponseUrl } from './response-url.ts';
import { shownView } from './views.ts';
import type { Channel, Stored, User, View, World } from './world.ts';

const TRIGGER_MS = 3000;

/** A trigger_id of a user. */
export function createTrigger(world: World, user: User): string {
  const id = `${world.id('')}.${world.id('')}`;
  world.triggers.set(id, { user: user.id, expires: world.clock.now() + TRIGGER_MS, used: false });
  return id;
}

/** What every interaction payload carries. */
function common(world: World, user: User): Json {
  const { enterpriseId } = world;
  return {
    token: 'verification-token',
    api_app_id: world.appId,
    team: enterpriseId ? null : { id: world.teamId, domain: 'example' },
    enterprise: enterpriseId ? { id: enterpriseId, name: 'Example' } : null,
    is_enterprise_install: enterpriseId !== null,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
  };
}

/** Brings an interaction to the app and waits for its acknowledgement. */
export function interact(world: World, user: User, payload: Json): Promise<Reply> {
  return new Promise((resolve) => {
    world.send({
      type: 'interactive',
      id: world.id('I'),
      name: String(payload['type']),
      payload: { ...common(world, user), ...payload },
      done: (acknowledged, body, ms) => resolve({ acknowledged, body, ms }),
    });
  });
}

/** A click or a choice: the element, its block, and what was chosen in it. */
export interface Gesture {
  readonly block: string;
  readonly action: Json;
  /** What goes into the state of the view or message; buttons have none. */
  readonly value: Json | undefined;
}

/** What is chosen in the menus and boxes of a message; every click tells all of it. */
const chosen = new WeakMap<Stored, Record<string, Json>>();

function stateOf(message: Stored, { block, action, value }: Gesture): Json {
  const state = chosen.get(message) ?? {};
  chosen.set(message, state);
  if (value) state[block] = { ...state[block], [String(action['action_id'])]: value };
  return structuredClone(state);
}

/** block_actions from a message; an ephemeral message is not repeated in the payload. */
export function actOnMessage(
  world: World,
  user: User,
  channel: Channel,
  message: Stored,
  gesture: Gesture,
): Promise<Reply> {
  const ephemeral = message.ephemeralFor !== undefined;
  const thread = message.thread_ts;
  return interact(world, user, {
    type: 'block_actions',
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(thread ? { thread_ts: thread } : {}),
    },
    trigger_id: createTrigger(world, user),
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    ...(ephemeral ? {} : { message: shown(world, message) }),
    state: { values: stateOf(message, gesture) },
    response_url: createResponseUrl(world, { channel: channel.id, user: user.id, ts: message.ts, thread }),
    actions: [{ ...gesture.action, block_id: gesture.block, action_ts: world.ts() }],
  });
}

/** block_actions from a modal or an App Home. */
export function actOnView(world: World, user: User, view: View, gesture: Gesture): Promise<Reply> {
  return interact(world, user, {
    type: 'block_actions',
    container: { type: 'view', view_id: view.id },
    trigger_id: createTrigger(world, user),
    view: shownView(world, view),
    state: { values: view.state },
    actions: [{ ...gesture.action, block_id: gesture.block, action_ts: world.ts() }],
  });
}

function label(value: unknown): string {
  return String((value as Json | undefined)?.['text'] ?? '');
}

function named(element: Json, name: string): boolean {
  return [element['action_id'], element['value'], label(element['text']), label(element['placeholder'])].includes(name);
}

interface Placed {
  readonly block: Json;
  readonly element: Json;
}

function elements(blocks: unknown): Placed[] {
  return (Array.isArray(blocks) ? (blocks as Json[]) : []).flatMap((block) => {
    const inside = [
      block['accessory'],
      block['element'],
      ...(Array.isArray(block['elements']) ? block['elements'] : []),
    ];
    return inside.filter(Boolean).map((element) => ({ block, element: element as Json }));
  });
}

/** The gesture of clicking a button; throws when the reader sees no such button, or two. */
export function pressed(blocks: unknown, name: string): Gesture {
  const found = elements(blocks).flatMap(({ block, element }): Gesture[] => {
    const common = { action_id: element['action_id'], type: element['type'] };
    const at = String(block['block_id']);
    if (element['type'] === 'feedback_buttons') {
      const thumbs = [element['positive_button'], element['negative_button']] as Json[];
      return thumbs
        .filter((thumb) => named(thumb, name))
        .map((thumb) => ({ block: at, value: undefined, action: { ...common, ...thumb } }));
    }
    if (element['type'] !== 'button' && element['type'] !== 'icon_button') return [];
    if (!named(element, name)) return [];
    const { text, value } = element;
    return [{ block: at, value: undefined, action: { ...common, text, ...(value === undefined ? {} : { value }) } }];
  });
  return one(found, 'button', name);
}

/** The gesture of choosing in a menu, radio group, checkboxes or overflow. */
export function picked(blocks: unknown, menu: string, option: string | readonly string[]): Gesture {
  const found = elements(blocks).filter(
    ({ block, element }) => named(element, menu) || block['block_id'] === menu || label(block['label']) === menu,
  );
  const { block, element } = one(found, 'menu', menu);
  const value = entered(element, option);
  return {
    block: String(block['block_id']),
    value,
    action: { action_id: element['action_id'], ...value },
  };
}

/** The value object of an element after a user entered something. */
export function entered(element: Json, given: string | readonly string[]): Json {
  const type = String(element['type']);
  const wanted = typeof given === 'string' ? [given] : given;
  if (type.endsWith('_input')) return { type, value: wanted[0] ?? null };
  if (type === 'datepicker') return { type, selected_date: wanted[0] };
  if (type === 'timepicker') return { type, selected_time: wanted[0] };
  if (type === 'users_select') return { type, selected_user: wanted[0] };
  if (type === 'channels_select') return { type, selected_channel: wanted[0] };
  if (type === 'conversations_select') return { type, selected_conversation: wanted[0] };
  const chosen = wanted.map((name) => option(element, name));
  if (type === 'checkboxes' || type.startsWith('multi_')) return { type, selected_options: chosen };
  return { type, selected_option: chosen[0] ?? null };
}

/** The option of a menu with this label or value; an external menu takes any. */
function option(element: Json, name: string): Json {
  if (String(element['type']).includes('external')) return { text: { type: 'plain_text', text: name }, value: name };
  const listed = [...objects([element['options'], element['option_groups']])].filter(
    (it) => typeof it['value'] === 'string' && (it['value'] === name || label(it['text']) === name),
  );
  return one(listed, 'option', name);
}

function one<T>(found: readonly T[], what: string, name: string): T {
  const [first] = found;
  if (first === undefined) throw new Error(`nobody sees a ${what} "${name}" here`);
  if (found.length > 1)
    throw new Error(`there are ${found.length} of ${what} "${name}" here; name one by its action_id or value`);
  return first;
}

/** Input blocks of a view with their elements. */
export function inputs(view: View): Placed[] {
  return elements(view.content['blocks']).filter(({ block }) => block['type'] === 'input');
}
