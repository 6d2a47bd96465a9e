import type { Clock } from './clock.ts';
import type { Deliveries } from './delivery.ts';
import type { Json, Place } from './index.ts';
import type { Sockets } from './sockets.ts';
import type { World } from './world.ts';

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
  /** Everything is out for `ms` of Slack's clock: connections break, sockets end, none is accepted, no event gets through. */
  outage(ms: number): void;
  /** apps.connections.open answers 503 and sockets are refused, until called with false. */
  refuseSockets(on: boolean): void;
  /** Sockets open but never say hello, until called with false. */
  silentSockets(on: boolean): void;
  /** Each socket gets a `disconnect` (warning) at this age and another (refresh_requested) with a close soon after; null ends it. */
  refreshSockets(everyMs: number | null): void;
  /** Sends `disconnect` with this reason to every socket and, except for a warning, closes it. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'): void;
  /** Cuts every socket without a close frame. */
  cutSockets(): void;
  /** Sends this frame as it is to one socket. */
  frame(frame: Json): void;
  /** Tells the app that it gets too many events: an `app_rate_limited` payload, which has no event inside. */
  rateLimitApp(): void;
  /** HTTP events carry a timestamp this many seconds off (negative: past); the signature fits it. */
  skew(seconds: number): void;
  /** HTTP events carry a wrong signature, until called with false. */
  wrongSignature(on: boolean): void;
  /** Each event is delivered this many times (same event_id). */
  duplicate(copies: number): void;
  /** Holds `window` events back (200 ms at most) and delivers them in reverse, again and again; 1 ends it. */
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

/** What a fault does to a call. */
export type CallFault =
  | { readonly kind: 'dropResponse' | 'dropRequest' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refuse'; readonly error: string; readonly rest: Json }
  | { readonly kind: 'rateLimit'; readonly until: number };

/** Faults in force, as the server asks for them. */
export interface FaultState {
  readonly faults: Faults;
  /** The fault that meets this call, used up once. */
  callFault(method: string, channel: string | undefined): CallFault | undefined;
  /** True while everything is out. */
  out(): boolean;
  readonly http: { skew: number; wrongSignature: boolean };
  readonly tokenErrors: { bot: string | null; app: string | null };
}

/** Faults of a world, none in force. */
export function createFaults(clock: Clock, world: World, deliveries: Deliveries, sockets: Sockets): FaultState {
  let rules: { readonly match: CallMatch; readonly fault: CallFault; times: number }[] = [];
  let outUntil = 0;
  const http = { skew: 0, wrongSignature: false };
  const tokenErrors: FaultState['tokenErrors'] = { bot: null, app: null };
  const add = (match: CallMatch, fault: CallFault, times = 1) => {
    rules.push({ match, fault, times });
  };

  const faults: Faults = {
    dropResponse: (match, times) => add(match, { kind: 'dropResponse' }, times),
    dropRequest: (match, times) => add(match, { kind: 'dropRequest' }, times),
    delay: (match, ms, times) => add(match, { kind: 'delay', ms }, times),
    status: (match, status, times) => add(match, { kind: 'status', status }, times),
    refuse: (match, error, times, rest = {}) => add(match, { kind: 'refuse', error, rest }, times),
    rateLimit: (match, seconds) => add(match, { kind: 'rateLimit', until: clock.now() + seconds * 1000 }, Infinity),
    outage(ms) {
      outUntil = clock.now() + ms;
      sockets.cut();
    },
    refuseSockets: (on) => sockets.set({ refuse: on }),
    silentSockets: (on) => sockets.set({ silent: on }),
    refreshSockets: (everyMs) => sockets.set({ refresh: everyMs }),
    disconnect: (reason) => sockets.disconnect(reason),
    cutSockets: () => sockets.cut(),
    frame: (frame) => sockets.frame(frame),
    rateLimitApp() {
      const { teamId: team_id, appId: api_app_id } = world;
      const minute_rate_limited = Math.floor(clock.now() / 60_000) * 60;
      const type = 'app_rate_limited';
      const payload = { token: 'verification-token', type, team_id, minute_rate_limited, api_app_id };
      world.send({ type: 'events_api', id: world.id('Ev'), name: type, payload });
    },
    skew(seconds) {
      http.skew = seconds;
    },
    wrongSignature(on) {
      http.wrongSignature = on;
    },
    duplicate(copies) {
      deliveries.faults.copies = copies;
    },
    reverse(window) {
      deliveries.faults.window = window;
    },
    revoke(error, which = 'bot') {
      tokenErrors[which] = error;
    },
    withdrawScope: (scope) => void world.scopes.delete(scope),
    clear() {
      rules = [];
      outUntil = 0;
      Object.assign(http, { skew: 0, wrongSignature: false });
      Object.assign(deliveries.faults, { copies: 1, window: 1 });
      Object.assign(tokenErrors, { bot: null, app: null });
      sockets.set({ refuse: false, silent: false, refresh: null });
    },
  };

  return {
    faults,
    http,
    tokenErrors,
    out: () => clock.now() < outUntil,
    callFault(method, channel) {
      const now = clock.now();
      rules = rules.filter(({ fault, times }) => times > 0 && !(fault.kind === 'rateLimit' && fault.until <= now));
      const rule = rules.find(({ match }) => meets(match, method, channel));
      if (rule) rule.times -= 1;
      return rule?.fault;
    },
  };
}

function meets(match: CallMatch, method: string, channel: string | undefined): boolean {
  const wanted = typeof match.channel === 'object' ? match.channel.id : match.channel;
  return (match.method === undefined || match.method === method) && (wanted === undefined || wanted === channel);
}
