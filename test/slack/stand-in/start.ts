import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createPerson, findChannel, findMessage } from './actor.ts';
import { createCallback } from './callback.ts';
import { createClock } from './clock.ts';
import { createDeliveries } from './delivery.ts';
import { emit, emitRaw } from './event.ts';
import { createFaults } from './faults.ts';
import type { Call, ChannelSetup, Place, Setup, Slack, UserSetup } from './index.ts';
import { join } from './messages.ts';
import { createPace } from './pace.ts';
import { directOf } from './people.ts';
import { createSlackServer } from './server.ts';
import { createSockets } from './sockets.ts';
import { inThread } from './transcript.ts';
import { type Channel, createWorld, type User, type World } from './world.ts';

const RETRY_AFTER = [0, 60_000, 300_000];
const DEADLINE_MS = 3000;

/** Starts a workspace on a free port of loopback. */
export async function startSlack(setup: Setup): Promise<Slack> {
  const deadline = setup.deadline ?? DEADLINE_MS;
  let requestUrl = setup.requestUrl;
  const clock = createClock();
  const world = createWorld(setup, clock, (parcel) => deliveries.send(parcel));
  const signingSecret = world.id('secret');
  const sockets = createSockets(world.appId, clock, deadline, world.random);
  const callback = createCallback(signingSecret, clock, deadline);
  const deliveries = createDeliveries(clock, setup.retryAfter ?? RETRY_AFTER, (parcel, retry, end) => {
    if (faults.out()) end({ outcome: 'lost' });
    else if (requestUrl) void callback.carry(requestUrl, parcel, retry, faults.http).then(end);
    else sockets.carry(parcel, retry, end);
  });
  const faults = createFaults(clock, world, deliveries, sockets);
  const tokens = { bot: `xoxb-${world.id('')}`, app: `xapp-1-${world.id('')}` };
  const calls: Call[] = [];
  const pace = createPace(setup.limits);
  const server = createSlackServer({ world, sockets, faults, pace, tokens, calls });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bot = world.users.get(world.botUserId) as User;

  return {
    apiUrl: `${world.origin}/api/`,
    botToken: tokens.bot,
    appToken: tokens.app,
    signingSecret,
    appId: world.appId,
    teamId: world.teamId,
    otherTeamId: world.otherTeamId,
    botId: world.botId,
    botUserId: world.botUserId,
    clock,
    faults: faults.faults,
    calls,
    attempts: deliveries.attempts,
    get sockets() {
      return sockets.count();
    },
    user(given) {
      const user = addUser(world, given);
      return createPerson(world, user);
    },
    channel: (given = {}) => handle(addChannel(world, given)),
    direct: (user) => handle(directOf(world, world.users.get(user.id) ?? bot)),
    messages(place, thread) {
      const { messages } = findChannel(world, place);
      return messages.filter((message) => thread === undefined || inThread(message, thread));
    },
    message: (place, ts) => findMessage(findChannel(world, place), ts),
    status(place, thread) {
      const { status } = world.session(`${findChannel(world, place).id}:${thread}`);
      return status && status.until > clock.now() ? status.text : '';
    },
    title: (place, thread) => world.session(`${findChannel(world, place).id}:${thread}`).title,
    prompts(place, thread) {
      const { id } = findChannel(world, place);
      return world.session(thread === undefined ? id : `${id}:${thread}`).prompts ?? [];
    },
    archive(place, archived = true) {
      const channel = findChannel(world, place);
      channel.archived = archived;
      const type = archived ? 'channel_archive' : 'channel_unarchive';
      emit(world, type, { type, channel: channel.id }, channel);
    },
    removeBot(place) {
      const channel = findChannel(world, place);
      channel.members.delete(world.botUserId);
      const type = channel.kind === 'private' ? 'group_left' : 'channel_left';
      emit(world, type, { type, channel: channel.id }, channel);
    },
    inviteBot: (place) => join(world, findChannel(world, place), bot),
    emit: (event, envelope) => emitRaw(world, event, envelope),
    sendTo(url) {
      requestUrl = url;
    },
    async verifyRequestUrl() {
      if (!requestUrl) throw new Error('there is no request URL: set requestUrl or call sendTo');
      await callback.verify(requestUrl);
    },
    settled: (ms = 10_000) => deliveries.settled(ms),
    async stop() {
      deliveries.stop();
      clock.stop();
      sockets.stop();
      callback.stop();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

function handle({ id, name }: Channel): Place {
  return { id, name };
}

function addUser(world: World, given: UserSetup): User {
  const user: User = {
    ...given,
    id: world.id('U'),
    team: given.team ?? world.teamId,
    ...(given.bot ? { botId: world.id('B') } : {}),
  };
  world.users.set(user.id, user);
  return user;
}

function addChannel(world: World, given: ChannelSetup): Channel {
  const members = new Set((given.members ?? []).map(({ id }) => id));
  if (given.bot ?? true) members.add(world.botUserId);
  const id = world.id('C');
  const channel: Channel = {
    id,
    name: given.name ?? id.toLowerCase(),
    kind: given.private ? 'private' : 'public',
    members,
    messages: [],
    archived: given.archived ?? false,
    ...(given.rule ? { rule: given.rule } : {}),
    ...(given.sharedWith ? { sharedWith: given.sharedWith } : {}),
  };
  world.channels.set(id, channel);
  return channel;
}
