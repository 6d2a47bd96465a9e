import { createHash } from 'node:crypto';
import type { Timers } from './clock.ts';
import type { Parcel } from './delivery.ts';
import type { ChannelSetup, Json, Message, Setup, UserSetup } from './index.ts';

/** A message that may still change. */
export type Stored = { -readonly [K in keyof Message]: Message[K] };

/** A user of the workspace, a bot, or a stranger of the other team. */
export interface User extends UserSetup {
  readonly id: string;
  readonly team: string;
  readonly botId?: string | undefined;
}

/** A channel with all its messages, oldest first. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  readonly messages: Stored[];
  readonly rule?: NonNullable<ChannelSetup['rule']>;
  readonly sharedWith?: string;
  archived: boolean;
}

/** An App Home or a modal. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly root: string;
  readonly previous: string | null;
  /** As the app gave it. */
  content: Json;
  hash: string;
  /** What the user has entered: block_id -> action_id -> value object. */
  state: Record<string, Record<string, Json>>;
  /** Errors beside fields: block_id -> sentence. */
  errors: Readonly<Record<string, string>>;
}

/** A place to answer an interaction to. */
export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  /** The message that was clicked, if any. */
  readonly ts: string | undefined;
  readonly thread: string | undefined;
  readonly expires: number;
  uses: number;
}

/** A file; `bytes` arrive with the second of three steps. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mimetype: string;
  readonly user: string;
  readonly alt: string | undefined;
  bytes: Uint8Array | undefined;
  shared: boolean;
}

/** Status, title and suggested prompts of a thread (key `channel:ts`) or a pane (key `channel`). */
export interface Session {
  status?: { readonly text: string; readonly until: number } | undefined;
  title?: string;
  prompts?: readonly { readonly title: string; readonly message: string }[];
  lifecycle?: string;
}

/** Everything that the workspace holds. */
export interface World {
  readonly setup: Setup;
  readonly clock: Timers;
  readonly teamId: string;
  readonly otherTeamId: string;
  readonly enterpriseId: string | null;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: Set<string>;
  readonly events: ReadonlySet<string>;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly homes: Map<string, View>;
  /** Open modals of a user, the topmost last. */
  readonly modals: Map<string, View[]>;
  readonly triggers: Map<string, { readonly user: string; readonly expires: number; used: boolean }>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly files: Map<string, StoredFile>;
  readonly sessions: Map<string, Session>;
  /** Root of the server, without a slash at the end; known when it listens. */
  origin: string;
  /** 0 <= x < 1, seeded. */
  random(): number;
  /** A new id with a prefix. */
  id(prefix: string): string;
  /** A new timestamp, later than any before. */
  ts(): string;
  send(parcel: Parcel): void;
  session(key: string): Session;
}

/** A value of the manifest, by path; undefined when absent. */
export function manifestValue(manifest: Json, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), manifest);
}

/** A list of strings of the manifest; empty when absent. */
function strings(manifest: Json, path: string): string[] {
  const found = manifestValue(manifest, path);
  return Array.isArray(found) ? found.map(String) : [];
}

/** A workspace with nobody in it but the app's bot. `send` takes what goes to the app. */
export function createWorld(setup: Setup, clock: Timers, send: (parcel: Parcel) => void): World {
  const seed = setup.seed ?? 1;
  let draws = 0;
  let ids = 0;
  let lastTs = 0;
  const digest = (text: string) => createHash('sha256').update(`${seed}:${text}`).digest();
  const sessions = new Map<string, Session>();
  const id = (prefix: string) => {
    ids += 1;
    return `${prefix}${digest(`id${ids}`).toString('hex').slice(0, 9).toUpperCase()}`;
  };
  const teamId = id('T');
  const botUserId = id('U');
  const botId = id('B');
  const name = String(manifestValue(setup.manifest, 'features.bot_user.display_name') ?? 'bot');

  return {
    setup,
    clock,
    teamId,
    otherTeamId: id('T'),
    enterpriseId: setup.enterprise ? id('E') : null,
    appId: id('A'),
    botId,
    botUserId,
    scopes: new Set(strings(setup.manifest, 'oauth_config.scopes.bot')),
    events: new Set(strings(setup.manifest, 'settings.event_subscriptions.bot_events')),
    users: new Map([[botUserId, { id: botUserId, name, team: teamId, bot: true, botId }]]),
    channels: new Map(),
    homes: new Map(),
    modals: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    files: new Map(),
    sessions,
    origin: '',
    id,
    send,
    random() {
      draws += 1;
      return digest(`draw${draws}`).readUInt32BE() / 2 ** 32;
    },
    ts() {
      lastTs = Math.max(lastTs + 1, clock.now() * 1000);
      return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`;
    },
    session(key) {
      const session = sessions.get(key) ?? {};
      sessions.set(key, session);
      return session;
    },
  };
}
