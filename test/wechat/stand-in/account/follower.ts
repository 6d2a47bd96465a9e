import { randomBytes } from 'node:crypto';
import type { Push, Visitor } from '../index.ts';
import { banner, createScreen, type Screen } from '../screen.ts';
import { spoken } from '../spoken.ts';
import { buttonNamed } from './menu.ts';
import { createQuota } from './quota.ts';
import type { Follower, FollowerSetup } from './types.ts';
import { type Person, seconds, type World } from './world.ts';

/** Elements of a message after FromUserName and CreateTime. */
export type Elements = Readonly<Record<string, string | number | bigint>>;

/** How a person's messages leave the phone. */
export interface Line {
  /** Where the pictures of people can be fetched. */
  readonly pictureUrl: (mediaId: string) => string;
  readonly bareClicks: boolean;
  nextId(): bigint;
  push(person: Person, elements: Elements): Promise<Push>;
}

/** What arrives in place of a sticker. */
const sticker = '【收到不支持的消息类型，暂无法显示】';

/** Adds a person to the world. */
export function createFollower(world: World, line: Line, setup: FollowerSetup = {}): Follower {
  const { clock } = world;
  const screen: Screen = createScreen(clock);
  const openId = `o${randomBytes(20).toString('base64url')}`;
  const person: Person = {
    openId,
    language: setup.language ?? 'zh_CN',
    screen,
    quota: createQuota(clock),
    following: setup.following ?? true,
    followedAt: clock.now(),
    wroteAt: -Infinity,
    typingUntil: 0,
    served: { by: 'bot' },
  };
  world.people.set(openId, person);

  async function message(type: string, shown: string, elements: Elements, id = true): Promise<Push> {
    if (!person.following) throw new Error('this person does not follow the account and cannot write to it');
    screen.show({ from: 'visitor', type, raw: shown, text: shown, links: [], by: 'phone' });
    person.wroteAt = clock.now();
    person.quota.open('message');
    return line.push(person, { MsgType: type, ...elements, ...(id ? { MsgId: line.nextId() } : {}) });
  }

  function event(name: string, elements: Elements, opens = false): Promise<Push> {
    if (opens) person.quota.open('action');
    return line.push(person, { MsgType: 'event', Event: name, ...elements });
  }

  const media = (type: string, bytes: Uint8Array = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])) =>
    world.media.keep(type, {
      bytes: new Uint8Array(bytes),
      contentType: type === 'voice' ? 'audio/amr' : 'image/jpeg',
    });
  const ticket = () => randomBytes(40).toString('base64url');

  const visitor: Visitor = {
    id: openId,
    screen: screen.messages,
    sees: screen.sees,
    heard: screen.heard,
    writes: (text) => message('text', text, { Content: text }),
    sendsImage(bytes) {
      const MediaId = media('image', bytes);
      return message('image', '[图片]', { PicUrl: line.pictureUrl(MediaId), MediaId });
    },
    sendsVoice(recognition) {
      const known = recognition === undefined ? {} : { Recognition: recognition ?? '' };
      const files = { MediaId: media('voice'), Format: 'amr', MediaId16K: media('voice') };
      return message('voice', '[语音]', { ...files, ...known });
    },
    sendsVideo: () => message('video', '[视频]', { MediaId: media('video'), ThumbMediaId: media('thumb') }),
    sendsLocation({ latitude, longitude, label }) {
      return message('location', `[位置] ${label}`, {
        Location_X: latitude.toFixed(6),
        Location_Y: longitude.toFixed(6),
        Scale: 16,
        Label: label,
      });
    },
    sendsLink({ title, description, url }) {
      return message('link', `[链接] ${title}`, { Title: title, Description: description, Url: url });
    },
    clicks(words) {
      const { content, id } = spoken(screen.link(words));
      if (line.bareClicks) return message('text', content, { Content: content }, false);
      return message('text', content, { Content: content, ...(id ? { bizmsgmenuid: id } : {}) });
    },
  };

  const actions: Pick<
    Follower,
    'follows' | 'unfollows' | 'taps' | 'scans' | 'sendsSticker' | 'reportsLocation' | 'templateFinished' | 'emits'
  > = {
    follows(scene) {
      person.following = true;
      person.followedAt = clock.now();
      const by = scene === undefined ? { EventKey: '' } : { EventKey: `qrscene_${scene}`, Ticket: ticket() };
      return event('subscribe', by, true);
    },
    unfollows() {
      person.following = false;
      person.quota.close();
      person.served = { by: 'bot' };
      return event('unsubscribe', { EventKey: '' });
    },
    taps(name) {
      const { type, key, url } = buttonNamed(world, name);
      if (type === 'view') return event('VIEW', { EventKey: String(url), MenuId: 426_231_590 });
      if (type === 'click') return event('CLICK', { EventKey: String(key) }, true);
      throw new Error(`a button of type "${type}" cannot be tapped here`);
    },
    scans: (scene) => event('SCAN', { EventKey: scene, Ticket: ticket() }, true),
    sendsSticker: () => message('text', '[动画表情]', { Content: sticker }),
    reportsLocation: () =>
      event('LOCATION', { Latitude: '23.137466', Longitude: '113.352425', Precision: '119.385040' }),
    templateFinished: (status = 'success') => {
      return event('TEMPLATESENDJOBFINISH', { MsgID: line.nextId(), Status: status });
    },
    emits: (elements) => line.push(person, elements),
  };

  return {
    ...visitor,
    ...actions,
    get seesTyping() {
      return person.typingUntil > clock.now();
    },
    get served() {
      return servedBy(person, world);
    },
    get quota() {
      return person.quota.windows;
    },
  };
}

/** Who serves a person now; a session at 客服 ends after 30 minutes. */
export function servedBy(person: Person, { clock }: Pick<World, 'clock'>): 'bot' | 'queue' | 'agent' {
  if (person.served.by === 'agent' && person.served.until <= clock.now()) person.served = { by: 'bot' };
  return person.served.by;
}

/** Shows a person what came of a push. */
export function showOutcome(person: Person, { outcome, reply }: Push, visible: boolean): void {
  if (!person.following) return;
  if (outcome === 'failed' && visible)
    person.screen.show({ from: 'wechat', type: 'banner', raw: banner, by: 'wechat' });
  if (!reply) return;
  person.typingUntil = 0;
  if (reply.type === 'transfer_customer_service') return;
  person.screen.show({ from: 'account', type: reply.type, raw: reply.content, by: 'passive' });
}

/** The common elements and those of a message, as Tencent writes them. */
export function messageElements(world: World, person: Person, elements: Elements): Elements {
  return { ToUserName: world.userName, FromUserName: person.openId, CreateTime: seconds(world.clock), ...elements };
}
