import { randomBytes } from 'node:crypto';
import type { Json, Push } from '../index.ts';
import { createScreen } from '../screen.ts';
import { spoken } from '../spoken.ts';
import type { Customer } from './types.ts';
import { giveCode, type Person, stateOf, store, storeEvent, type World, window } from './world.ts';

/** Adds a WeChat user who talks to a 客服账号. */
export function createCustomer(world: World, openKfId: string, name = '微信用户'): Customer {
  const { clock, media } = world;
  const screen = createScreen(clock);
  const person: Person = {
    id: `wm${randomBytes(15).toString('base64url')}`,
    openKfId,
    name,
    screen,
    wroteAt: -Infinity,
    enteredAt: -Infinity,
    welcomedAt: -Infinity,
    left: 0,
    rejects: false,
    session: { state: 4, servicer: '' },
  };
  world.people.set(person.id, person);

  function say(type: string, shown: string, part: Json): void {
    screen.show({ from: 'visitor', type, raw: shown, text: shown, links: [], by: 'phone' });
    // Whoever writes after the end begins anew.
    if (stateOf(world, person) === 4) person.session = { state: 0, servicer: '' };
    person.wroteAt = clock.now();
    person.left = 5;
    store(world, person, 3, type, part);
  }

  function message(type: string, shown: string, part: Json): Promise<Push> {
    say(type, shown, part);
    return world.notify(openKfId);
  }

  const keep = (type: string, bytes: Uint8Array = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0]), name?: string): Json => {
    const contentType = type === 'image' ? 'image/jpeg' : 'application/octet-stream';
    const file = { bytes: new Uint8Array(bytes), contentType, ...(name === undefined ? {} : { name }) };
    return { media_id: media.keep(type, file) };
  };

  return {
    id: person.id,
    openKfId,
    screen: screen.messages,
    sees: screen.sees,
    heard: screen.heard,
    writes: (content) => message('text', content, { content }),
    writesBurst(texts) {
      for (const content of texts) say('text', content, { content });
      return world.notify(openKfId);
    },
    sendsImage: (bytes) => message('image', '[图片]', keep('image', bytes)),
    sendsVoice: () => message('voice', '[语音]', keep('voice')),
    sendsVideo: () => message('video', '[视频]', keep('video')),
    sendsFile: (name, bytes) => message('file', `[文件] ${name}`, keep('file', bytes, name)),
    sendsLocation: ({ latitude, longitude, label }) =>
      message('location', `[位置] ${label}`, { latitude, longitude, name: label, address: label }),
    sendsLink: ({ title, description, url }) =>
      message('link', `[链接] ${title}`, { title, desc: description, url, pic_url: '' }),
    clicks(words) {
      const { content, id } = spoken(screen.link(words));
      return message('text', content, { content, ...(id ? { menu_id: id } : {}) });
    },
    enters(scene = '') {
      person.enteredAt = clock.now();
      const quiet = clock.now() - Math.max(person.wroteAt, person.welcomedAt) > window;
      const welcome = quiet ? { welcome_code: giveCode(world, person) } : {};
      storeEvent(world, person, 'enter_session', { scene, scene_param: '', ...welcome });
      return world.notify(openKfId);
    },
    rejects(on) {
      person.rejects = on;
    },
    get state() {
      return stateOf(world, person);
    },
    get quota() {
      const until = person.wroteAt + window;
      return until > clock.now() ? { left: person.left, until } : undefined;
    },
  };
}
