import { flagArgument, textArgument } from './arguments.ts';
import type { Json } from './index.ts';
import { post, remove, rewrite } from './messages.ts';
import { content } from './methods/chat.ts';
import { Refusal } from './refusal.ts';
import type { Channel, ResponseUrl, Stored, World } from './world.ts';

const USES = 5;
const LIFE_MS = 30 * 60_000;

/** A new address to answer an interaction to: five uses within thirty minutes. */
export function createResponseUrl(world: World, at: Pick<ResponseUrl, 'channel' | 'user' | 'ts' | 'thread'>): string {
  const id = world.id('R');
  world.responseUrls.set(id, { ...at, expires: world.clock.now() + LIFE_MS, uses: 0 });
  return `${world.origin}/response/${id}`;
}

/** Carries out what was posted to a response_url. */
export function answerResponseUrl(
  world: World,
  id: string,
  args: Json,
): { status: number; result: Json & { ok: boolean; error?: string }; text?: string } {
  const url = world.responseUrls.get(id);
  try {
    if (!url || world.clock.now() > url.expires) throw new Refusal('expired_url');
    if (url.uses >= USES) throw new Refusal('used_url');
    url.uses += 1;
    respond(world, url, args);
    return { status: 200, result: { ok: true }, text: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const gone = error.error === 'expired_url' || error.error === 'used_url';
    return { status: gone ? 404 : 400, result: { ok: false, error: error.error, ...error.rest } };
  }
}

/** Says something in answer to an interaction or a command; also what comes with an acknowledgement. */
export function respond(world: World, at: Omit<ResponseUrl, 'expires' | 'uses'>, args: Json): void {
  const channel = world.channels.get(at.channel);
  const bot = world.users.get(world.botUserId);
  if (!channel || !bot) throw new Refusal('channel_not_found');
  const original = at.ts === undefined ? undefined : channel.messages.find((message) => message.ts === at.ts);
  if (flagArgument(args, 'delete_original')) {
    if (!original) throw new Refusal('message_not_found');
    remove(world, channel, original);
    return;
  }
  const said = content(args);
  if (flagArgument(args, 'replace_original') && original) {
    rewrite(world, channel, original, said);
    return;
  }
  const ephemeral = (textArgument(args, 'response_type') ?? 'ephemeral') === 'ephemeral';
  post(world, channel, bot, {
    ...said,
    thread: threadOf(channel, args, at.thread, original),
    ephemeralFor: ephemeral ? at.user : undefined,
    unfurl: flagArgument(args, 'unfurl_links', true) || flagArgument(args, 'unfurl_media', true),
  });
}

/** Answers go to the thread that the call names; an ephemeral one to that of the message clicked. */
function threadOf(
  channel: Channel,
  args: Json,
  thread: string | undefined,
  original: Stored | undefined,
): string | undefined {
  const wanted = textArgument(args, 'thread_ts');
  if (wanted !== undefined && !channel.messages.some(({ ts }) => ts === wanted)) throw new Refusal('thread_not_found');
  return wanted ?? (original ? thread : undefined);
}
