import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Person } from './person.ts';

export type { Clock } from './clock.ts';
export type { Faults } from './faults.ts';
export type { Person } from './person.ts';
export { startSlack } from './start.ts';

/** JSON as Slack sends and takes it. */
export type Json = { readonly [key: string]: unknown };

/** What the stand-in is started with. */
export interface Setup {
  /** The app's manifest: its bot scopes, bot events, commands, shortcuts and `socket_mode_enabled` are enforced. */
  readonly manifest: Json;
  /** Seeds ids, the order of the two events of a mention, and the choice of a socket. */
  readonly seed?: number;
  /** Set: events go by signed HTTP to this address. Unset: Socket Mode. May also be set later with `sendTo`. */
  readonly requestUrl?: string;
  /** Rate limits as Slack documents them; `false` turns them off (bench, bursts). */
  readonly limits?: false | Partial<Limits>;
  /** Milliseconds until an unacknowledged event is sent again; Slack: at once, after a minute, after five. */
  readonly retryAfter?: readonly number[];
  /** Milliseconds that an acknowledgement may take. Slack: 3000. */
  readonly deadline?: number;
  /** Installed on a whole organisation: events carry `enterprise_id` and `is_enterprise_install`. */
  readonly enterprise?: boolean;
}

/** Rate limits. */
export interface Limits {
  /** Messages that one channel takes at once before the pace applies. */
  readonly burst: number;
  /** Messages a second for each channel after the burst. */
  readonly perSecond: number;
  /** Messages a minute for the whole workspace; Slack gives no number. */
  readonly workspacePerMinute: number;
  /** Calls of apps.connections.open a minute (Slack's pages disagree: tier 1 or 3). */
  readonly connectionsPerMinute: number;
}

/** One call of the Web API (or `response_url`, `files.upload`), as it arrived and as it was answered. */
export interface Call {
  readonly method: string;
  readonly arguments: Json;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What Slack did, also when the answer never reached the app. */
  readonly result: Json & { readonly ok: boolean; readonly error?: string };
  readonly status: number;
  /** When it arrived, ms since 1970 on the stand-in's clock. */
  readonly at: number;
  /** False when a fault dropped the answer. */
  readonly answered: boolean;
}

/** One attempt to bring an event, interaction or command to the app. */
export interface Attempt {
  readonly type: 'events_api' | 'interactive' | 'slash_commands';
  /** `event_id` of an event; a made-up one for the others. */
  readonly id: string;
  /** Type of the inner event or of the interaction, for example `app_mention` or `block_actions`. */
  readonly name: string;
  readonly payload: Json;
  /** 0 for the first attempt. */
  readonly retry: number;
  readonly at: number;
  /** `lost`: no socket or no connection; `late`: no acknowledgement in time; `refused`: HTTP status other than 2xx. */
  readonly outcome: 'pending' | 'acknowledged' | 'lost' | 'late' | 'refused';
  /** Milliseconds until the acknowledgement. */
  readonly ms?: number;
}

/** A place to talk. */
export interface Place {
  readonly id: string;
  readonly name: string;
}

/** What a new channel is like. */
export interface ChannelSetup {
  readonly name?: string;
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly members?: readonly Person[];
  /** Whether the app's bot is a member; default true. */
  readonly bot?: boolean;
  /** Posting rules that refuse the bot: `restricted_action_read_only_channel` and so on. */
  readonly rule?: 'read_only_channel' | 'thread_only_channel' | 'non_threadable_channel' | 'thread_locked';
  /** Slack Connect: this other team shares the channel. */
  readonly sharedWith?: string;
}

/** What a new user is like. */
export interface UserSetup {
  readonly name: string;
  /** `users.info` gives it: `en-US`, `zh-CN`. */
  readonly locale?: string;
  readonly tz?: string;
  /** Another app's bot: its posts carry `bot_id`. */
  readonly bot?: boolean;
  readonly restricted?: boolean;
  readonly ultraRestricted?: boolean;
  /** Id of another team (Slack Connect stranger). */
  readonly team?: string;
  readonly admin?: boolean;
}

/** A message as the workspace keeps it. */
export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly Json[];
  readonly metadata?: Json;
  readonly bot_id?: string;
  readonly edited?: boolean;
  readonly subtype?: string;
  readonly files?: readonly Json[];
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Only this user sees it. */
  readonly ephemeralFor?: string;
  /** Addresses that Slack fetched for a preview. */
  readonly unfurled: readonly string[];
  /** Ids of users whom it notified: by `<@U>`, `<!channel>`, `<!here>`, `<!everyone>` in text or blocks. */
  readonly notified: readonly string[];
  /** Targets of the links in it: `<https://…|…>`, Markdown links and images, bare addresses where Slack links them. */
  readonly links: readonly string[];
}

/** A local Slack workspace with one app installed. */
export interface Slack {
  /** Base of the Web API, for `SLACK_API_URL`; ends in a slash. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly teamId: string;
  /** The other team that `ChannelSetup.sharedWith` and `UserSetup.team` may name. */
  readonly otherTeamId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Every call, oldest first. */
  readonly calls: readonly Call[];
  /** Every attempt to deliver, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Sockets that are open and were greeted. */
  readonly sockets: number;

  user(setup: UserSetup): Person;
  channel(setup?: ChannelSetup): Place;
  /** The direct message channel of the bot with a user; made when absent. */
  direct(user: Person): Place;
  /** Messages of a channel (with `thread`: its root and replies), oldest first; ephemeral ones included. */
  messages(channel: Place | string, thread?: string): readonly Message[];
  /** The message; throws when there is none. */
  message(channel: Place | string, ts: string): Message;
  /** Status line of a thread (`assistant.threads.setStatus`); empty when cleared, by a post or after two minutes. */
  status(channel: Place | string, thread: string): string;
  /** Title of an agent thread, or undefined. */
  title(channel: Place | string, thread: string): string | undefined;
  /** Suggested prompts of the agent pane (no thread) or of a thread. */
  prompts(channel: Place | string, thread?: string): readonly { readonly title: string; readonly message: string }[];
  /** Archives, restores, or takes the bot out of a channel. */
  archive(channel: Place | string, archived?: boolean): void;
  removeBot(channel: Place | string): void;
  /** The bot is invited: `member_joined_channel`. */
  inviteBot(channel: Place | string): void;
  /** An Events API event as written here, without the rules of this world; returns its event_id. */
  emit(event: Json, envelope?: Json): string;
  /** From now on events go by signed HTTP to this address; undefined: Socket Mode. */
  sendTo(requestUrl: string | undefined): void;
  /** Runs Slack's check of a request URL; resolves when it passed, otherwise rejects. */
  verifyRequestUrl(): Promise<void>;
  /** Resolves when everything sent so far was acknowledged or given up; rejects after `ms` (default 10 000). */
  settled(ms?: number): Promise<void>;
  /** Ends all sockets and the server. */
  stop(): Promise<void>;
}
