import type { Json, Mode, Platform, Push, Visitor } from '../index.ts';

/** A service account (服务号) with its webhook, its API and its followers. */
export interface ServiceAccount extends Platform {
  readonly appId: string;
  readonly appSecret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** The account's own id in messages, `gh_…`. */
  readonly userName: string;
  /** The menu as it was created, or undefined. */
  readonly menu: Json | undefined;
  useMode(mode: Mode): void;
  /** A person; follows already unless `following` is false. */
  follower(setup?: FollowerSetup): Follower;
  /** A member of WeChat's own 客服, for `transfer_customer_service`. */
  agent(name: string, setup?: { readonly online?: boolean }): Agent;
}

/** What a new follower is like. */
export interface FollowerSetup {
  readonly following?: boolean;
  /** `user/info` gives it. */
  readonly language?: 'zh_CN' | 'zh_TW' | 'zh_HK' | 'en';
}

/** A person who can follow the service account. */
export interface Follower extends Visitor {
  /** Follows; with `scene` by scanning a QR code (`qrscene_…`). */
  follows(scene?: string): Promise<Push>;
  unfollows(): Promise<Push>;
  /** Taps a button of the account's menu by its name: CLICK or VIEW. */
  taps(name: string): Promise<Push>;
  /** Scans a QR code of the account while following. */
  scans(scene: string): Promise<Push>;
  /** Sends a sticker, which arrives as a fixed sentence. */
  sendsSticker(): Promise<Push>;
  /** Shares the position on entering (event LOCATION). */
  reportsLocation(): Promise<Push>;
  /** A template message ended (event TEMPLATESENDJOBFINISH). */
  templateFinished(status?: string): Promise<Push>;
  /** Any message or event with these elements after FromUserName and CreateTime, in Tencent's form. */
  emits(elements: Readonly<Record<string, string | number>>): Promise<Push>;
  /** Whether the header shows 对方正在输入. */
  readonly seesTyping: boolean;
  /** `bot`: pushes reach the webhook; `queue`: too, while 客服 is waited for; `agent`: they do not. */
  readonly served: 'bot' | 'queue' | 'agent';
  /** Messages left for custom/send and until when (ms since 1970); empty: the window is closed. */
  readonly quota: readonly { readonly left: number; readonly until: number }[];
}

/** A person at WeChat's own 客服. */
export interface Agent {
  readonly account: string;
  /** Takes a waiting follower. */
  takes(follower: Follower): Promise<Push>;
  says(follower: Follower, text: string): void;
  /** Ends the session. */
  closes(follower: Follower): Promise<Push>;
  goes(status: 'online' | 'offline'): void;
}
