import { jsonArgument, textArgument } from '../arguments.ts';
import type { Json } from '../index.ts';
import type { Method } from '../method.ts';
import { refuse } from '../refusal.ts';
import { findView, openModal, publishHome, replaceView, shownView, useTrigger } from '../views.ts';
import type { World } from '../world.ts';

function open(push: boolean): Method {
  return (world, args) => {
    const user = useTrigger(world, textArgument(args, 'trigger_id'));
    return answer(world, openModal(world, user, jsonArgument(args, 'view'), push));
  };
}

function answer(world: World, view: Parameters<typeof shownView>[1]): Json {
  return { view: shownView(world, view) };
}

/** views.* */
export const views: Readonly<Record<string, Method>> = {
  'views.open': open(false),
  'views.push': open(true),
  'views.update': (world, args) => {
    const view = findView(world, textArgument(args, 'view_id'), textArgument(args, 'external_id'));
    replaceView(world, view, jsonArgument(args, 'view'), textArgument(args, 'hash'));
    return answer(world, view);
  },
  'views.publish': (world, args) => {
    const user = textArgument(args, 'user_id') ?? '';
    if (!world.users.has(user)) throw refuse('invalid_arguments', ['invalid `user_id`']);
    return answer(world, publishHome(world, user, jsonArgument(args, 'view'), textArgument(args, 'hash')));
  },
};
