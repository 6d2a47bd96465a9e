import type { Clock, Health } from '../../../src/ports.ts';
import type { Log } from '../options.ts';

/** How the account stands with WeChat. */
export type Login =
  | { readonly at: 'starting' }
  /** WeChat waits for somebody to scan this code with the account's phone. */
  | { readonly at: 'scan'; readonly code: string }
  /** The code was scanned and has to be confirmed on the phone. */
  | { readonly at: 'scanned' }
  | { readonly at: 'in'; readonly name: string; readonly since: number }
  | { readonly at: 'out'; readonly reason: string }
  | { readonly at: 'failed'; readonly reason: string }
  | { readonly at: 'stopped' };

/** What is known about the login. */
export interface Status {
  readonly login: Login;
  set(login: Login): void;
  /** Something came from WeChat. */
  heard(): void;
  health(): Health;
}

/** Creates the status. Every change that needs the operator is logged as a warning, once. */
export function createStatus(clock: Clock, log: Log): Status {
  let login: Login = { at: 'stopped' };
  let lastEvent: number | undefined;

  function alert(before: Login, now: Login): void {
    if (now.at === 'in') log.info({ account: now.name }, 'wechat: the personal account is logged in');
    if (now.at === before.at) return;
    if (now.at === 'scan') log.warn({}, `wechat: the personal account has to be logged in: ${remedy}`);
    if (now.at === 'out') log.warn({ reason: now.reason }, `wechat: the personal account was logged out: ${remedy}`);
    if (now.at === 'failed') log.warn({ reason: now.reason }, 'wechat: the puppet failed; it is started again');
  }

  return {
    get login() {
      return login;
    },
    set(now) {
      const before = login;
      login = now;
      alert(before, now);
    },
    heard() {
      lastEvent = clock();
    },
    health() {
      const age =
        lastEvent === undefined ? 'nothing has come yet' : `the last event came ${ageOf(clock() - lastEvent)} ago`;
      return { ready: login.at === 'in', detail: `${sentence(login)}; ${age}.` };
    },
  };
}

const remedy = 'scan the code in the terminal or at /wechat/login with its phone';

/** The state of the login in words, without a full stop. */
export function sentence(login: Login): string {
  switch (login.at) {
    case 'starting':
      return 'The personal WeChat account is being connected';
    case 'scan':
      return `The personal WeChat account is not logged in: ${remedy}`;
    case 'scanned':
      return 'The code was scanned: confirm the login on the phone';
    case 'in':
      return `The personal WeChat account “${login.name}” is logged in`;
    case 'out':
      return `The personal WeChat account was logged out (${login.reason}): ${remedy}`;
    case 'failed':
      return `The personal WeChat account cannot be connected (${login.reason}); it is tried again`;
    case 'stopped':
      return 'The personal WeChat account is not started';
  }
}

function ageOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
