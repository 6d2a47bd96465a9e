import type { Json } from '../index.ts';
import { menuMessage } from '../menu-message.ts';
import { textBytes } from '../reply.ts';
import { type Method, Refusal } from '../server.ts';
import type { Person, World } from './world.ts';

/** `message/custom/send` (客服消息). Checks in this order: rights, person, type, content, window, count. */
export function customSend(world: World): Method {
  return {
    verb: 'POST',
    run({ body }) {
      certified(world);
      const person = addressee(world, body);
      const type = body['msgtype'];
      const check = typeof type === 'string' ? types[type] : undefined;
      if (typeof type !== 'string' || !check) throw new Refusal(40008, 'invalid message type');
      const part = body[type];
      if (typeof part !== 'object' || part === null) throw new Refusal(44004, `empty content: ${type}`);
      const raw = check(part as Json, world);
      const customservice = body['customservice'] as Json | undefined;
      if (customservice && !world.agents.has(String(customservice['kf_account']))) {
        throw new Refusal(65401, 'invalid custom service account');
      }
      if (!person.following) throw new Refusal(45015, 'response out of time limit or subscription is canceled');
      person.quota.take();
      person.typingUntil = 0;
      const rendered = type === 'msgmenu' ? menuMessage(part as Json) : {};
      person.screen.show({ from: 'account', type, raw, by: 'api', ...rendered });
      return { errcode: 0, errmsg: 'ok' };
    },
  };
}

/** `message/custom/typing`: shows 对方正在输入 for 15 seconds, only within 30 seconds of a message. */
export function customTyping(world: World): Method {
  return {
    verb: 'POST',
    run({ body }) {
      certified(world);
      const person = addressee(world, body);
      const now = world.clock.now();
      const command = body['command'];
      if (command !== 'Typing' && command !== 'CancelTyping') throw new Refusal(45072, 'invalid command');
      if (now - person.wroteAt > 30_000) throw new Refusal(45080, 'no message in the last 30 seconds');
      if (command === 'Typing' && person.typingUntil > now) throw new Refusal(45081, 'typing already');
      person.typingUntil = command === 'Typing' ? now + 15_000 : 0;
      return { errcode: 0, errmsg: 'ok' };
    },
  };
}

function certified({ kind }: World): void {
  if (kind === 'uncertified') throw new Refusal(48001, 'api unauthorized');
}

function addressee({ people }: World, body: Json): Person {
  const person = people.get(String(body['touser']));
  if (!person) throw new Refusal(40003, 'invalid openid');
  return person;
}

/** Checks the content of each type and gives it as raw text. */
const types: Readonly<Record<string, (part: Json, world: World) => string>> = {
  text: ({ content }) => text(content),
  image: (part, world) => media(part, 'image', world),
  voice: (part, world) => media(part, 'voice', world),
  video: (part, world) => media(part, 'video', world),
  news: ({ articles }) => {
    if (!Array.isArray(articles) || articles.length === 0) throw new Refusal(44004, 'empty content: articles');
    if (articles.length > 1) throw new Refusal(45008, 'article size out of limit');
    return text((articles[0] as Json)['title']);
  },
  msgmenu: ({ list, head_content, tail_content }, { kind }) => {
    if (kind === 'test') throw new Refusal(40200, 'invalid account type');
    if (!Array.isArray(list) || list.length === 0) throw new Refusal(44004, 'empty content: list');
    if (list.length > 10) throw new Refusal(45098, 'msgmenu list size out of limit');
    const items = (list as Json[]).map(({ id, content }) => {
      if (typeof id !== 'string' || id === '') throw new Refusal(40035, 'invalid parameter: id');
      return text(content);
    });
    return text([head_content, ...items, tail_content].filter((line) => typeof line === 'string').join('\n'));
  },
};

function text(content: unknown): string {
  if (typeof content !== 'string' || content.trim() === '') throw new Refusal(44004, 'empty content');
  if (Buffer.byteLength(content) > textBytes) throw new Refusal(45002, 'content size out of limit');
  return content;
}

function media({ media_id }: Json, type: string, { media }: World): string {
  if (typeof media_id !== 'string') throw new Refusal(41006, 'media_id missing');
  if (!media.find(media_id, type)) throw new Refusal(40007, 'invalid media_id');
  return media_id;
}
