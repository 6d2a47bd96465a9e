import type { Json, Place } from './index.ts';

/** Which calls a fault meets: a method (`chat.postMessage`), and the channel where given. Absent: every call. */
export interface CallMatch {
  readonly method?: string;
  readonly channel?: Place | string;
}

/** Everything that can go wrong, on demand. `times` is how many calls it meets (default 1; Infinity: until `clear`). */
export interface Faults {
  /** The call is carried out, then the connection breaks without an answer. */
  dropResponse(match: CallMatch, times?: number): void;
  /** The connection breaks before anything is done. */
  dropRequest(match: CallMatch, times?: number): void;
  /** The call is carried out at once and answered `ms` later. */
  delay(match: CallMatch, ms: number, times?: number): void;
  /** Answers with this HTTP status and nothing done. */
  status(match: CallMatch, status: number, times?: number): void;
  /** Answers `{ok: false, error}` and nothing done. */
  refuse(match: CallMatch, error: string, times?: number, rest?: Json): void;
  /** 429 with Retry-After for matching calls during `seconds`. */
  rateLimit(match: CallMatch, seconds: number): void;
  /** Everything is out for `ms` of real time: connections break, sockets end, none is accepted, no event gets through. */
  outage(ms: number): void;
  /** apps.connections.open answers 503 and sockets are refused, until called with false. */
  refuseSockets(on: boolean): void;
  /** Sockets open but never say hello, until called with false. */
  silentSockets(on: boolean): void;
  /** Every `everyMs` each socket gets a `disconnect` (warning, then refresh_requested, then closed); null ends it. */
  refreshSockets(everyMs: number | null): void;
  /** Sends `disconnect` with this reason to every socket and closes it. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'): void;
  /** Cuts every socket without a close frame. */
  cutSockets(): void;
  /** Sends this frame as it is to one socket. */
  frame(frame: Json): void;
  /** HTTP events carry a timestamp this many seconds off (negative: past); the signature fits it. */
  skew(seconds: number): void;
  /** HTTP events carry a wrong signature, until called with false. */
  wrongSignature(on: boolean): void;
  /** Each event is delivered this many times (same event_id). */
  duplicate(copies: number): void;
  /** Holds `window` events back and delivers them in reverse, again and again; 1 ends it. */
  reverse(window: number): void;
  /** From now on the bot token (or the app token) is refused with this error; null heals it. */
  revoke(
    error: 'token_revoked' | 'invalid_auth' | 'account_inactive' | 'token_expired' | null,
    which?: 'bot' | 'app',
  ): void;
  /** Withdraws a scope from the installed app. */
  withdrawScope(scope: string): void;
  /** Ends every fault. */
  clear(): void;
}
