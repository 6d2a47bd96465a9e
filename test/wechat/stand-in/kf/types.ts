import type { Platform, Push, Visitor } from '../index.ts';

/** 微信客服 of one company: callback, API, customers and servicers. */
export interface Kf extends Platform {
  readonly corpId: string;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** The first 客服账号. */
  readonly openKfId: string;
  /** Another 客服账号; returns its open_kfid. */
  addAccount(): string;
  /** A WeChat user; `openKfId` says to which account he or she talks. */
  customer(setup?: { readonly openKfId?: string; readonly name?: string }): Customer;
  /** An employee who can receive customers; receiving (正在接待) unless said otherwise. */
  servicer(userId: string, setup?: { readonly receiving?: boolean }): Servicer;
}

/** A WeChat user who talks to a 客服账号. */
export interface Customer extends Visitor {
  readonly openKfId: string;
  /** Opens the chat (event enter_session, with a welcome_code where Tencent gives one). */
  enters(scene?: string): Promise<Push>;
  sendsFile(name: string, bytes?: Uint8Array): Promise<Push>;
  /** Several messages in one breath: stored one after another, one notification for all. */
  writesBurst(texts: readonly string[]): Promise<Push>;
  /** From now on messages are accepted by `send_msg` and refused by the phone (fail_type 10), until called with false. */
  rejects(on: boolean): void;
  /** 0 new, 1 bot, 2 queue, 3 human, 4 ended or not begun. */
  readonly state: 0 | 1 | 2 | 3 | 4;
  /** Messages left for `send_msg` and until when, or undefined. */
  readonly quota: { readonly left: number; readonly until: number } | undefined;
}

/** An employee in the WeCom app. */
export interface Servicer {
  readonly userId: string;
  /** Takes a customer out of the queue. */
  takes(customer: Customer): Promise<Push>;
  /** Writes to the customer from the WeCom app (origin 5 in `sync_msg`). */
  says(customer: Customer, text: string): Promise<Push>;
  /** Ends the session: state 4. */
  ends(customer: Customer): Promise<Push>;
  /** Starts or stops receiving. */
  receives(on: boolean): Promise<Push>;
}
