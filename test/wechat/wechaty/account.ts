import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, types, type Wechaty, WechatyBuilder } from 'wechaty';
import { mock, PuppetMock } from 'wechaty-puppet-mock';

type Person = mock.ContactMock;
type Group = mock.RoomMock;

/** A message that a puppet hands on, as a test gives it. */
export interface Given {
  readonly id?: string;
  readonly from: string;
  readonly to?: string;
  readonly room?: string;
  readonly text?: string;
  readonly type?: number;
  /** ms since 1970. */
  readonly at?: number;
  readonly mentions?: readonly string[];
  /** The content of a picture or a file. */
  readonly file?: { readonly name: string; readonly content: Uint8Array };
}

/** What a test may change about the puppet. */
export interface Weather {
  /** Every sending fails with this. */
  refuses?: string;
  /** Every sending of a file fails with this. */
  refusesFiles?: string;
  /** Sendings never end, although the message arrives. */
  hangs?: boolean;
  /** The puppet cannot be started. */
  broken?: boolean;
}

/** A message that left the account. */
export interface Sent {
  readonly to: string;
  readonly text: string;
  readonly mentions: readonly string[];
  /** Where a file was sent: its bytes; `text` is its name. */
  readonly file?: Uint8Array;
  /** ms, monotonic. */
  readonly at: number;
}

/** A phone with a WeChat account, driven by the mock puppet; it outlives the bot that uses it. */
export function createAccount(weather: Weather = {}) {
  const sent: Sent[] = [];
  const accepted: string[] = [];
  const friendships = new Map<string, payloads.Friendship>();
  const files = new Map<string, NonNullable<Given['file']>>();
  const aliases = new Map<string, string>();
  let count = 0;
  let built = 0;
  let puppet: PuppetMock | undefined;
  let running: PuppetMock | undefined;
  const mocker = () => {
    if (!puppet) throw new Error('the bot is not started');
    return puppet.mocker;
  };

  /** What the mock leaves out: friend requests, names in rooms, mentions in what is sent. */
  class Puppet extends PuppetMock {
    override async onStart(): Promise<void> {
      if (weather.broken) throw new Error('the puppet is broken');
      await super.onStart();
      running = this;
    }
    override async friendshipRawPayload(id: string): Promise<unknown> {
      return friendships.get(id);
    }
    override async friendshipAccept(id: string): Promise<void> {
      accepted.push(id);
    }
    override async roomMemberRawPayload(room: string, contact: string): Promise<payloads.RoomMember> {
      const payload = await super.roomMemberRawPayload(room, contact);
      const roomAlias = aliases.get(contact);
      return { ...payload, ...(roomAlias !== undefined && { roomAlias }) };
    }
    override async messageFile(id: string): Promise<FileBox> {
      const file = files.get(id);
      if (!file) throw new Error('the file is gone');
      return FileBox.fromBase64(Buffer.from(file.content).toString('base64'), file.name) as FileBox;
    }
    override async messageSendFile(to: string, box: FileBoxInterface): Promise<void> {
      if (weather.refusesFiles !== undefined) throw new Error(weather.refusesFiles);
      const file = new Uint8Array(await box.toBuffer());
      sent.push({ to, text: box.name, mentions: [], file, at: performance.now() });
    }
    override async messageSendText(to: string, text: string, mentions: string[] = []): Promise<void> {
      if (weather.refuses !== undefined) throw new Error(weather.refuses);
      await super.messageSendText(to, text);
      sent.push({ to, text, mentions, at: performance.now() });
      if (weather.hangs) await new Promise(() => undefined);
    }
  }

  /** Resolves when the bot built last has started. */
  async function started(): Promise<void> {
    while (running === undefined || running !== puppet) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  return {
    started,
    sent,
    accepted,
    weather,
    /** Bots built so far. */
    get built() {
      return built;
    },
    get mocker() {
      return mocker();
    },
    get puppet(): PuppetMock {
      if (!puppet) throw new Error('the bot is not started');
      return puppet;
    },
    /** A new bot on this account. */
    build(): Wechaty {
      built += 1;
      puppet = new Puppet({ mocker: new mock.Mocker() });
      return WechatyBuilder.build({ puppet });
    },
    /** Logs the account in, once the bot has started. */
    async login(name = '问答助手'): Promise<Person> {
      await started();
      const self = mocker().createContact({ id: 'wxid_bot', name, type: types.Contact.Individual });
      mocker().login(self);
      return self;
    },
    person(id: string, more: Partial<payloads.Contact> = {}): Person {
      return mocker().createContact({ id, name: id, type: types.Contact.Individual, ...more });
    },
    room(id: string, members: readonly Person[], alias?: string): Group {
      if (alias !== undefined) aliases.set('wxid_bot', alias);
      return mocker().createRoom({ id, topic: id, memberIdList: ['wxid_bot', ...members.map((member) => member.id)] });
    },
    /** The puppet hands a message on; the same id again is the same message again. Resolves to its id. */
    hands(given: Given): string {
      count += 1;
      const { id = `m${count}`, from, to = 'wxid_bot', room, text, at, mentions } = given;
      if (given.file) files.set(id, given.file);
      const type = given.type ?? types.Message.Text;
      const base = { id, talkerId: from, timestamp: at ?? Date.now(), type, ...(text !== undefined && { text }) };
      const payload: payloads.Message = room
        ? { ...base, roomId: room, ...(mentions && { mentionIdList: [...mentions] }) }
        : { ...base, listenerId: to };
      if (!mocker().cacheMessagePayload.has(id)) mocker().MessageMock.create(payload);
      mocker().puppet.emit('message', { messageId: id });
      return id;
    },
    /** Somebody asks to be a friend, or has become one. */
    friendship(id: string, contact: string, type: number, hello = ''): void {
      const base = { id, contactId: contact, hello, timestamp: Date.now() };
      friendships.set(id, { ...base, ticket: '', type } as payloads.Friendship);
      mocker().puppet.emit('friendship', { friendshipId: id });
    },
    /** Texts that a contact or a room was sent. */
    heard: (to: string) => sent.filter((one) => one.to === to).map(({ text }) => text),
  };
}

export type Account = ReturnType<typeof createAccount>;
