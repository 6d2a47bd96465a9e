import type { Clock } from './clock.ts';

/** Everything that can go wrong, on demand. `times` is how often (default 1; Infinity: until `clear`). */
export interface Faults {
  /** The call is carried out, then the connection breaks without an answer. `method` absent: any call. */
  dropResponse(method?: string, times?: number): void;
  /** The connection breaks before anything is done. */
  dropRequest(method?: string, times?: number): void;
  /** The call is carried out at once and answered `ms` later. */
  delay(method: string | undefined, ms: number, times?: number): void;
  /** Answers with this HTTP status, a page of HTML, and nothing done. */
  status(method: string | undefined, status: number, times?: number): void;
  /** Answers with this errcode and nothing done: 45009, 45011, 40164, -1 and so on. */
  refuse(method: string | undefined, errcode: number, times?: number): void;
  /** For `ms` of the stand-in's clock every call breaks and no push gets through. */
  outage(ms: number): void;
  /** The access token is expired from now on (42001). */
  expireToken(): void;
  /** The access token was replaced elsewhere (service account 40001, kf 40014). */
  revokeToken(): void;
  /** kf: the next messages are accepted, then fail with this fail_type (event msg_send_fail). */
  failSends(failType: number, times?: number): void;
  /** The bot's answer is lost on its way: counts as late, the next attempt follows. */
  loseAnswer(times?: number): void;
  /** The connection is cut as soon as the request is written. */
  hangUp(times?: number): void;
  /** Each push is sent again, this many requests one after another, although it was answered. */
  duplicate(copies: number): void;
  /** Each attempt is sent as this many requests at the same moment; the first counts. */
  concurrent(copies: number): void;
  /** Pushes carry a wrong signature, until called with false. */
  wrongSignature(on: boolean): void;
  /** Pushes carry a timestamp this many seconds off (negative: past), with a signature that fits. */
  skew(seconds: number): void;
  /** Ends every fault. */
  clear(): void;
}

/** What a fault does to a call. */
export type CallFault =
  | { readonly kind: 'dropResponse' | 'dropRequest' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refuse'; readonly errcode: number };

/** Faults in force, as servers and pushes ask for them. */
export interface FaultState {
  readonly faults: Faults;
  /** The fault that meets this call, used up once. */
  callFault(method: string): CallFault | undefined;
  /** True while everything is out. */
  out(): boolean;
  /** Whether the next answer is lost, the next connection cut; used up once. */
  takes(what: 'loseAnswer' | 'hangUp'): boolean;
  /** The fail_type of the next kf message, used up once. */
  failType(): number | undefined;
  readonly push: { copies: number; concurrent: number; wrongSignature: boolean; skew: number };
}

/** Faults of one platform, none in force. */
export function createFaults(clock: Clock, endToken: (how: 'expired' | 'replaced') => void): FaultState {
  let rules: { readonly method: string | undefined; readonly fault: CallFault; times: number }[] = [];
  let fails: { readonly failType: number; times: number }[] = [];
  let outUntil = 0;
  const left = { loseAnswer: 0, hangUp: 0 };
  const push = { copies: 1, concurrent: 1, wrongSignature: false, skew: 0 };
  const add = (method: string | undefined, fault: CallFault, times = 1) => {
    rules.push({ method, fault, times });
  };

  const faults: Faults = {
    dropResponse: (method, times) => add(method, { kind: 'dropResponse' }, times),
    dropRequest: (method, times) => add(method, { kind: 'dropRequest' }, times),
    delay: (method, ms, times) => add(method, { kind: 'delay', ms }, times),
    status: (method, status, times) => add(method, { kind: 'status', status }, times),
    refuse: (method, errcode, times) => add(method, { kind: 'refuse', errcode }, times),
    outage(ms) {
      outUntil = clock.now() + ms;
    },
    expireToken: () => endToken('expired'),
    revokeToken: () => endToken('replaced'),
    failSends(failType, times = 1) {
      fails.push({ failType, times });
    },
    loseAnswer(times = 1) {
      left.loseAnswer = times;
    },
    hangUp(times = 1) {
      left.hangUp = times;
    },
    duplicate(copies) {
      push.copies = copies;
    },
    concurrent(copies) {
      push.concurrent = copies;
    },
    wrongSignature(on) {
      push.wrongSignature = on;
    },
    skew(seconds) {
      push.skew = seconds;
    },
    clear() {
      rules = [];
      fails = [];
      outUntil = 0;
      Object.assign(left, { loseAnswer: 0, hangUp: 0 });
      Object.assign(push, { copies: 1, concurrent: 1, wrongSignature: false, skew: 0 });
    },
  };

  return {
    faults,
    push,
    out: () => clock.now() < outUntil,
    takes(what) {
      if (left[what] <= 0) return false;
      left[what] -= 1;
      return true;
    },
    failType() {
      fails = fails.filter(({ times }) => times > 0);
      const fail = fails[0];
      if (fail) fail.times -= 1;
      return fail?.failType;
    },
    callFault(method) {
      rules = rules.filter(({ times }) => times > 0);
      const rule = rules.find((one) => one.method === undefined || one.method === method);
      if (rule) rule.times -= 1;
      return rule?.fault;
    },
  };
}
