import type { Channel, User, World } from './world.ts';

/** The direct message channel of the bot and a user; opened when absent. */
export function directOf(world: World, user: User): Channel {
  const known = [...world.channels.values()].find((one) => one.kind === 'im' && one.members.has(user.id));
  if (known) return known;
  const channel: Channel = {
    id: world.id('D'),
    name: user.name,
    kind: 'im',
    members: new Set([user.id, world.botUserId]),
    messages: [],
    archived: false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
