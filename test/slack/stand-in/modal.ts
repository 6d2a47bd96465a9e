import { objects } from './content.ts';
import { shown } from './event.ts';
import type { Json } from './index.ts';
import { actOnView, createTrigger, entered, inputs, interact, picked } from './interaction.ts';
import type { Reply } from './person.ts';
import { Refusal } from './refusal.ts';
import { createResponseUrl, respond } from './response-url.ts';
import { openModal, replaceView, shownView } from './views.ts';
import { type Channel, manifestValue, type Stored, type User, type View, type World } from './world.ts';

function label(value: unknown): string {
  return String((value as Json | undefined)?.['text'] ?? '');
}

function keep(view: View, block: string, action: string, value: Json): void {
  view.state[block] = { ...view.state[block], [action]: value };
}

/** Chooses in the open modal; tells the app when the element stands outside an input, or its input dispatches. */
export async function enter(
  world: World,
  user: User,
  view: View,
  menu: string,
  option: string | readonly string[],
): Promise<Reply> {
  const gesture = picked(view.content['blocks'], menu, option);
  if (gesture.value) keep(view, gesture.block, String(gesture.action['action_id']), gesture.value);
  const input = inputs(view).find(({ block }) => block['block_id'] === gesture.block);
  if (input && input.block['dispatch_action'] !== true) return { acknowledged: true, body: undefined, ms: 0 };
  return actOnView(world, user, view, gesture);
}

/** Fills in and sends a modal; throws where Slack itself would not let the user send it. */
export async function submitModal(
  world: World,
  user: User,
  view: View,
  values: Readonly<Record<string, string | readonly string[]>>,
): Promise<Reply> {
  if (!view.content['submit']) throw new Error('this modal has no submit button');
  const left = new Set(Object.keys(values));
  for (const { block, element } of inputs(view)) {
    const names = [String(block['block_id']), String(element['action_id']), label(block['label'])];
    const name = names.find((one) => left.has(one));
    const given = name === undefined ? undefined : values[name];
    if (name !== undefined) left.delete(name);
    const value = given === undefined ? undefined : entered(element, given);
    const [at = '', action = ''] = names;
    const known = view.state[at]?.[action] ?? initial(element);
    if (value ?? known) keep(view, at, action, (value ?? known) as Json);
    else if (block['optional'] !== true) throw new Error(`the modal asks for "${label(block['label'])}"`);
  }
  if (left.size > 0) throw new Error(`the modal has no field ${[...left].join(', ')}`);
  view.errors = {};
  const reply = await interact(world, user, {
    type: 'view_submission',
    trigger_id: createTrigger(world, user),
    view: shownView(world, view),
    response_urls: [],
  });
  if (!reply.acknowledged) return reply;
  try {
    follow(world, user, view, (reply.body ?? {}) as Json);
    return reply;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...reply, acknowledged: false, body: { ok: false, error: error.error, ...error.rest } };
  }
}

function initial(element: Json): Json | undefined {
  const text = element['initial_value'];
  if (typeof text === 'string') return { type: element['type'], value: text };
  const option = element['initial_option'];
  if (option) return { type: element['type'], selected_option: option };
  const options = element['initial_options'];
  return options ? { type: element['type'], selected_options: options } : undefined;
}

/** Does what the acknowledgement of a submission says. */
function follow(world: World, user: User, view: View, body: Json): void {
  const stack = world.modals.get(user.id) ?? [];
  switch (body['response_action']) {
    case undefined:
      world.modals.set(
        user.id,
        stack.filter((one) => one !== view),
      );
      return;
    case 'clear':
      world.modals.delete(user.id);
      return;
    case 'update':
      replaceView(world, view, body['view'], undefined);
      return;
    case 'push':
      openModal(world, user.id, body['view'], true);
      return;
    case 'errors': {
      const errors = (body['errors'] ?? {}) as Record<string, string>;
      const known = inputs(view).map(({ block }) => block['block_id']);
      const stray = Object.keys(errors).filter((id) => !known.includes(id));
      if (stray.length > 0 || Object.keys(errors).length === 0) throw new Refusal('invalid_errors', { stray });
      view.errors = errors;
      return;
    }
    default:
      throw new Refusal('invalid_response_action');
  }
}

/** Closes the topmost modal, or all of them when the view says so; view_closed where it was asked for. */
export async function closeModal(world: World, user: User, view: View): Promise<void> {
  const stack = world.modals.get(user.id) ?? [];
  const all = view.content['clear_on_close'] === true;
  world.modals.set(user.id, all ? [] : stack.filter((one) => one !== view));
  if (view.content['notify_on_close'] !== true) return;
  await interact(world, user, { type: 'view_closed', view: shownView(world, view), is_cleared: all });
}

function declared(world: World, list: string, key: string, value: string): Json {
  const found = manifestValue(world.setup.manifest, `features.${list}`);
  const item = (Array.isArray(found) ? (found as Json[]) : []).find((one) => one[key] === value);
  if (!item) throw new Error(`the manifest has no ${value} in features.${list}`);
  return item;
}

/** Runs a slash command and shows what came with the acknowledgement. */
export function runCommand(world: World, user: User, channel: Channel, command: string, text: string): Promise<Reply> {
  declared(world, 'slash_commands', 'command', command);
  const at = { channel: channel.id, user: user.id, ts: undefined, thread: undefined };
  return new Promise((resolve) => {
    world.send({
      type: 'slash_commands',
      id: world.id('I'),
      name: command,
      payload: {
        token: 'verification-token',
        team_id: world.teamId,
        team_domain: 'example',
        channel_id: channel.id,
        channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: world.appId,
        is_enterprise_install: String(world.enterpriseId !== null),
        response_url: createResponseUrl(world, at),
        trigger_id: createTrigger(world, user),
      },
      done(acknowledged, body, ms) {
        const said = typeof body === 'string' ? { text: body } : ((body ?? {}) as Json);
        try {
          if (acknowledged && Object.keys(said).length > 0) respond(world, at, said);
          resolve({ acknowledged, body, ms });
        } catch (error) {
          resolve({ acknowledged: false, body: error, ms });
        }
      },
    });
  });
}

/** Runs a global shortcut. */
export function runShortcut(world: World, user: User, callbackId: string): Promise<Reply> {
  if (declared(world, 'shortcuts', 'callback_id', callbackId)['type'] !== 'global')
    throw new Error(`${callbackId} is a message shortcut`);
  const trigger = createTrigger(world, user);
  return interact(world, user, {
    type: 'shortcut',
    callback_id: callbackId,
    trigger_id: trigger,
    action_ts: world.ts(),
  });
}

/** Runs a shortcut on a message; Slack does not offer it on ephemeral ones. */
export function runMessageShortcut(
  world: World,
  user: User,
  channel: Channel,
  message: Stored,
  callbackId: string,
): Promise<Reply> {
  if (declared(world, 'shortcuts', 'callback_id', callbackId)['type'] !== 'message')
    throw new Error(`${callbackId} is a global shortcut`);
  if (message.ephemeralFor) throw new Error('Slack offers no shortcuts on ephemeral messages');
  return interact(world, user, {
    type: 'message_action',
    callback_id: callbackId,
    trigger_id: createTrigger(world, user),
    action_ts: world.ts(),
    message_ts: message.ts,
    message: shown(world, message),
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    response_url: createResponseUrl(world, {
      channel: channel.id,
      user: user.id,
      ts: message.ts,
      thread: message.thread_ts,
    }),
  });
}

/** Types into an external menu; resolves to the options that the app offers. */
export async function suggestOptions(
  world: World,
  user: User,
  blocks: unknown,
  menu: string,
  value: string,
  view: View | undefined,
): Promise<readonly Json[]> {
  const element = [...objects(blocks)].find(
    (one) => String(one['type']).includes('external_select') && one['action_id'] === menu,
  );
  if (!element) throw new Error(`nobody sees an external menu "${menu}" here`);
  const reply = await interact(world, user, {
    type: 'block_suggestion',
    action_id: menu,
    block_id: '',
    value,
    ...(view
      ? { view: shownView(world, view), container: { type: 'view', view_id: view.id } }
      : { container: { type: 'message' } }),
  });
  const options = (reply.body as Json | undefined)?.['options'];
  if (!reply.acknowledged || !Array.isArray(options) || options.length > 100) return [];
  return options as Json[];
}
