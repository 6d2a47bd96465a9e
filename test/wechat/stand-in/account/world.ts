import type { Clock } from '../clock.ts';
import type { Json, Mode } from '../index.ts';
import type { Media } from '../media.ts';
import type { Screen } from '../screen.ts';
import type { Quota } from './quota.ts';

/** A person as the account's side knows him or her. */
export interface Person {
  readonly openId: string;
  readonly language: string;
  readonly screen: Screen;
  readonly quota: Quota;
  following: boolean;
  followedAt: number;
  /** When the person last wrote, ms since 1970. */
  wroteAt: number;
  typingUntil: number;
  served: { readonly by: 'bot' } | { readonly by: 'queue' } | { readonly by: 'agent'; account: string; until: number };
}

/** State of one service account. */
export interface World {
  readonly clock: Clock;
  readonly userName: string;
  readonly kind: 'certified' | 'uncertified' | 'test';
  readonly media: Media;
  readonly people: Map<string, Person>;
  /** Members of WeChat's own 客服 by account, and whether they are online. */
  readonly agents: Map<string, boolean>;
  mode: Mode;
  menu: Json | undefined;
}

/** Seconds since 1970. */
export function seconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
