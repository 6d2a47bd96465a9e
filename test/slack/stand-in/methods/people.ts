import { flagArgument, textArgument } from '../arguments.ts';
import { emit } from '../event.ts';
import type { Json } from '../index.ts';
import { channelOf, type Method, messageOf } from '../method.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

function react(add: boolean): Method {
  return (world, args) => {
    const channel = channelOf(world, args);
    if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
    if (channel.archived) throw new Refusal('is_archived');
    const message = messageOf(channel, textArgument(args, 'timestamp'));
    const name = textArgument(args, 'name') ?? '';
    if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
    changeReaction(world, channel.id, message, world.botUserId, name, add);
    return {};
  };
}

/** Adds or takes away a reaction; refuses what is there already, or is not. */
export function changeReaction(
  world: World,
  channel: string,
  message: ReturnType<typeof messageOf>,
  user: string,
  name: string,
  add: boolean,
): void {
  const users = message.reactions.find((one) => one.name === name)?.users ?? [];
  if (add && users.includes(user)) throw new Refusal('already_reacted');
  if (!add && !users.includes(user)) throw new Refusal('no_reaction');
  const left = add ? [...users, user] : users.filter((id) => id !== user);
  const rest = message.reactions.filter((one) => one.name !== name);
  message.reactions = left.length > 0 ? [...rest, { name, users: left }] : rest;
  const type = add ? 'reaction_added' : 'reaction_removed';
  emit(world, type, {
    type,
    user,
    reaction: name,
    item_user: message.user,
    item: { type: 'message', channel, ts: message.ts },
  });
}

const info: Method = (world, args) => {
  const user = world.users.get(textArgument(args, 'user') ?? '');
  if (!user) throw new Refusal('user_not_found');
  const stranger = user.team !== world.teamId;
  const profile: Json = { real_name: user.name, display_name: user.name, team: user.team };
  return {
    user: {
      id: user.id,
      team_id: user.team,
      name: user.name,
      real_name: user.name,
      deleted: false,
      profile,
      is_bot: user.bot ?? false,
      is_stranger: stranger,
      // Of a stranger Slack tells little more than the name.
      ...(stranger
        ? {}
        : {
            tz: user.tz ?? 'Europe/London',
            is_admin: user.admin ?? false,
            is_restricted: (user.restricted ?? false) || (user.ultraRestricted ?? false),
            is_ultra_restricted: user.ultraRestricted ?? false,
            ...(flagArgument(args, 'include_locale') ? { locale: user.locale ?? 'en-US' } : {}),
          }),
    },
  };
};

/** auth.*, users.info, bots.info, team.info, reactions.* */
export const people: Readonly<Record<string, Method>> = {
  'api.test': (_, args) => ({ args }),
  'auth.test': (world) => ({
    url: 'https://example.slack.com/',
    team: 'Example',
    user: world.users.get(world.botUserId)?.name,
    team_id: world.teamId,
    user_id: world.botUserId,
    bot_id: world.botId,
    is_enterprise_install: world.enterpriseId !== null,
    ...(world.enterpriseId ? { enterprise_id: world.enterpriseId } : {}),
  }),
  'users.info': info,
  'bots.info': (world, args) => {
    const id = textArgument(args, 'bot') ?? world.botId;
    const user = [...world.users.values()].find((one) => one.botId === id);
    if (!user) throw new Refusal('bot_not_found');
    const own = user.id === world.botUserId;
    return { bot: { id, deleted: false, name: user.name, user_id: user.id, ...(own ? { app_id: world.appId } : {}) } };
  },
  'team.info': (world) => ({ team: { id: world.teamId, name: 'Example', domain: 'example' } }),
  'reactions.add': react(true),
  'reactions.remove': react(false),
};
