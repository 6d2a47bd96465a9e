import type { ServiceAccount } from './account/types.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Kf } from './kf/types.ts';

export type { Follower, ServiceAccount } from './account/types.ts';
export type { Clock } from './clock.ts';
export type { Faults } from './faults.ts';
export type { Kf } from './kf/types.ts';
export { startTencent } from './start.ts';

/** JSON as Tencent sends and takes it. */
export type Json = { readonly [key: string]: unknown };

/** What the stand-in is started with. */
export interface Setup {
  /** Milliseconds that one attempt of a push may take. Tencent: 5000. */
  readonly deadline?: number;
  readonly account?: AccountSetup;
  readonly kf?: KfSetup;
}

/** The service account (服务号). */
export interface AccountSetup {
  /** How pushes are protected; `useMode` changes it. Default `safe`. */
  readonly mode?: Mode;
  /** Uncertified accounts get 48001 from the customer-service API; test accounts get 40200 for `msgmenu`. */
  readonly kind?: 'certified' | 'uncertified' | 'test';
  /** A click on a clickable text arrives without MsgId and bizmsgmenuid, as was seen on certified accounts. */
  readonly bareClicks?: boolean;
}

/** 微信客服 of one company. */
export interface KfSetup {
  /** Most messages in one page of `sync_msg`, whatever `limit` asks for; `has_more` stays true. Default 1000. */
  readonly pageSize?: number;
  /** What `send_msg` does with a msgid that it knows: say ok again (default) or refuse it; the pages are silent. */
  readonly repeatedMsgid?: 'ok' | 'refused';
}

/** Protection of pushes: 明文, 兼容, 安全. */
export type Mode = 'plain' | 'compatible' | 'safe';

/** One call of the API, as it arrived and as it was answered. */
export interface Call {
  /** Path after `/cgi-bin/`, for example `message/custom/send` or `kf/sync_msg`. */
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; empty for GET and uploads. */
  readonly body: Json;
  /** What Tencent did, also when the answer never reached the bot; empty for a downloaded file. */
  readonly result: Json;
  readonly errcode: number;
  readonly status: number;
  /** Milliseconds since 1970 on the stand-in's clock. */
  readonly at: number;
  /** False when a fault kept the answer back. */
  readonly answered: boolean;
}

/** One HTTP request of a push. */
export interface Attempt {
  /** 0 for the first. */
  readonly number: number;
  readonly at: number;
  readonly url: string;
  readonly body: string;
  /** `late`: nothing in time, disconnected; `lost`: no connection, or it broke; `answered`: an HTTP answer came. */
  readonly outcome: 'pending' | 'answered' | 'late' | 'lost';
  readonly answer?: Answer;
  /** The passive reply in this answer, when it was a valid one. */
  readonly reply?: Reply;
  /** Milliseconds until the answer. */
  readonly ms?: number;
}

/** An HTTP answer of the bot; status 0: the connection ended without one. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A message or event on its way to the bot's webhook. */
export interface Push {
  /** The inner XML, not encrypted. */
  readonly xml: string;
  readonly attempts: readonly Attempt[];
  /**
   * `replied`: a valid passive reply; `silent`: `success` or nothing (for kf: acknowledged);
   * `failed`: the person sees the error banner (for kf: given up).
   */
  readonly outcome: 'pending' | 'replied' | 'silent' | 'failed';
  readonly reply?: Reply;
  /** Why it failed: what was wrong with the answer. */
  readonly problem?: string;
}

/** A valid passive reply. */
export interface Reply {
  readonly type: string;
  /** Text of a text reply; media id or title of another. */
  readonly content: string;
  readonly encrypted: boolean;
  /** The reply as XML, decrypted. */
  readonly xml: string;
}

/** Something on the person's screen. */
export interface Shown {
  /** `wechat`: WeChat itself, for example the error banner. */
  readonly from: 'visitor' | 'account' | 'wechat';
  readonly type: string;
  /** As it reads: clickable texts by their words only, menus one item a line. */
  readonly text: string;
  /** The content as it was sent. */
  readonly raw: string;
  /** Words that can be tapped and where each leads (`weixin://bizmsgmenu?…`, https address, or `menu:<id>`). */
  readonly links: readonly { readonly words: string; readonly target: string }[];
  /** How it came. */
  readonly by: 'passive' | 'api' | 'agent' | 'phone' | 'wechat';
  readonly at: number;
}

/** A person with WeChat. Each action resolves when its push was answered or given up. */
export interface Visitor {
  readonly id: string;
  writes(text: string): Promise<Push>;
  /** The picture can be fetched: by `media/get`, on a service account also at its PicUrl. */
  sendsImage(bytes?: Uint8Array): Promise<Push>;
  sendsVoice(recognition?: string | null): Promise<Push>;
  sendsVideo(): Promise<Push>;
  sendsLocation(place: {
    readonly latitude: number;
    readonly longitude: number;
    readonly label: string;
  }): Promise<Push>;
  sendsLink(link: { readonly title: string; readonly description: string; readonly url: string }): Promise<Push>;
  /** Taps words of the newest message that offers them; a `weixin://bizmsgmenu` link or a menu item says them. */
  clicks(words: string): Promise<Push>;
  /** The screen as plain text: `visitor: …`, `account: …`, `wechat: …`, one message after another. */
  sees(): string;
  /** Texts from the account, oldest first. */
  heard(): readonly string[];
  readonly screen: readonly Shown[];
}

/** A local Tencent: one service account and one company with 微信客服. */
export interface Tencent {
  readonly clock: Clock;
  readonly account: ServiceAccount;
  readonly kf: Kf;
  /** Resolves when nothing is on its way to the bot; rejects after `ms` (default 10 000). */
  settled(ms?: number): Promise<void>;
  stop(): Promise<void>;
}

/** What both APIs have. */
export interface Platform {
  /** Base of the API without a slash at its end, for `WECHAT_API_URL` or `WECOM_API_URL`. */
  readonly apiUrl: string;
  /** Settings for Wenda: ids, secrets, keys, address of the API. */
  readonly env: Readonly<Record<string, string>>;
  readonly faults: Faults;
  /** What was handed over as temporary media: its name and bytes. */
  media(mediaId: string): { readonly name: string; readonly bytes: Uint8Array } | undefined;
  /** Every call, oldest first. */
  readonly calls: readonly Call[];
  /** Everything pushed to the webhook, oldest first. */
  readonly pushes: readonly Push[];
  /** From now on pushes go to this address. */
  sendTo(url: string): void;
  /** Tencent's check when the address is saved (GET); resolves when it passed, otherwise rejects. */
  verify(): Promise<void>;
  /** Makes a new EncodingAESKey, used from now on, and returns it. */
  rotateKey(): string;
  /** A hostile POST to the webhook; resolves with the bot's answer. */
  attack(kind: Attack): Promise<Answer>;
  /** The first request of a push again, byte for byte, old timestamp and nonce included. */
  replay(push: Push): Promise<Answer>;
  /** Any body, rightly signed unless `query` says otherwise; `encrypt` puts it into an envelope first. */
  post(
    body: string,
    options?: { readonly query?: Record<string, string>; readonly encrypt?: boolean },
  ): Promise<Answer>;
}

/** Hostile requests; rightly signed unless the signature is the attack. */
export type Attack =
  | 'wrong signature'
  | 'no signature'
  | 'wrong token'
  | 'oversized'
  | 'malformed'
  | 'not xml'
  | 'json'
  | 'empty'
  | 'doctype'
  | 'entity bomb'
  | 'prototype key'
  | 'duplicate element'
  | 'invalid utf-8'
  | 'wrong receiver'
  | 'truncated cipher'
  | 'broken padding'
  | 'plain in safe mode';
