import { randomUUID } from 'node:crypto';
import { checkView } from './blocks.ts';
import type { Json } from './index.ts';
import { withIds } from './messages.ts';
import { Refusal, refuse } from './refusal.ts';
import { manifestValue, type View, type World } from './world.ts';

const MOST_MODALS = 3;

/** A view's content, checked as Slack checks it, with block ids. */
export function checkedView(world: World, content: unknown, type: 'modal' | 'home'): Json {
  const problems = checkView(content);
  const view = content as Json;
  if (problems.length === 0 && view['type'] !== type)
    problems.push(`expected a view of type ${type} [json-pointer:/view/type]`);
  if (problems.length > 0) throw refuse('invalid_arguments', problems);
  if (JSON.stringify(content).length > 250_000) throw new Refusal('view_too_large');
  const blocks = withIds(world, view['blocks'] as Json[]).map((block) => {
    const element = block['element'] as Json | undefined;
    return element ? { ...block, element: { ...element, action_id: element['action_id'] ?? world.id('a') } } : block;
  });
  return { ...view, blocks };
}

/** Uses up a trigger_id: valid for three seconds and once; gives the user. */
export function useTrigger(world: World, id: string | undefined): string {
  const trigger = id === undefined ? undefined : world.triggers.get(id);
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (world.clock.now() > trigger.expires) throw new Refusal('expired_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  trigger.used = true;
  return trigger.user;
}

/** Opens a modal for a user, or lays one upon the open ones. */
export function openModal(world: World, user: string, content: unknown, push: boolean): View {
  const checked = checkedView(world, content, 'modal');
  const stack = push ? (world.modals.get(user) ?? []) : [];
  if (push && stack.length === 0) throw new Refusal('not_found');
  if (stack.length >= MOST_MODALS) throw new Refusal('push_limit_reached');
  const id = world.id('V');
  const view: View = {
    id,
    user,
    root: stack[0]?.id ?? id,
    previous: stack.at(-1)?.id ?? null,
    content: checked,
    hash: randomUUID(),
    state: {},
    errors: {},
  };
  world.modals.set(user, [...stack, view]);
  return view;
}

/** Replaces what a view shows; entered values stay where block and action are the same. */
export function replaceView(world: World, view: View, content: unknown, hash: string | undefined): void {
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
  view.content = checkedView(world, content, view.content['type'] === 'home' ? 'home' : 'modal');
  view.hash = randomUUID();
  view.errors = {};
}

/** Shows an App Home to a user. */
export function publishHome(world: World, user: string, content: unknown, hash: string | undefined): View {
  if (manifestValue(world.setup.manifest, 'features.app_home.home_tab_enabled') !== true)
    throw new Refusal('not_enabled');
  const before = world.homes.get(user);
  if (before) {
    replaceView(world, before, content, hash);
    return before;
  }
  const checked = checkedView(world, content, 'home');
  const id = world.id('V');
  const view: View = {
    id,
    user,
    root: id,
    previous: null,
    content: checked,
    hash: randomUUID(),
    state: {},
    errors: {},
  };
  world.homes.set(user, view);
  return view;
}

/** An open view by id or external_id. */
export function findView(world: World, id: string | undefined, external: string | undefined): View {
  const views = [...world.homes.values(), ...[...world.modals.values()].flat()];
  const found = views.find(
    (view) => view.id === id || (external !== undefined && view.content['external_id'] === external),
  );
  if (!found) throw new Refusal('not_found');
  return found;
}

/** A view as calls and payloads show it. */
export function shownView(world: World, view: View): Json {
  return {
    private_metadata: '',
    callback_id: '',
    clear_on_close: false,
    notify_on_close: false,
    close: null,
    submit: null,
    external_id: '',
    ...view.content,
    id: view.id,
    team_id: world.teamId,
    state: { values: view.state },
    hash: view.hash,
    root_view_id: view.root,
    previous_view_id: view.previous,
    app_id: world.appId,
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
  };
}
