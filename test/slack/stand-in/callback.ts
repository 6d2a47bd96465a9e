import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Timers } from './clock.ts';
import type { Outcome, Parcel, Retry } from './delivery.ts';
import type { Json } from './index.ts';

/** How signed requests go wrong. */
export interface Signing {
  readonly skew: number;
  readonly wrongSignature: boolean;
}

/** Signed HTTP to the app's request URL. */
export interface Callback {
  carry(url: string, parcel: Parcel, retry: Retry | undefined, signing: Signing): Promise<Outcome>;
  /** Sends url_verification and compares the answer. */
  verify(url: string): Promise<void>;
  stop(): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Slack's HTTP client for events, interactions and commands; `deadline` ms from the moment the request leaves. */
export function createCallback(secret: string, clock: Timers, deadline: number): Callback {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  function post(
    url: string,
    body: string,
    headers: Record<string, string>,
    signing: Signing,
  ): Promise<Answer | 'lost' | 'late'> {
    return new Promise((resolve) => {
      let cancel = () => {};
      const sent = request(url, { method: 'POST', agent, headers }, async (response) => {
        let text = '';
        try {
          for await (const chunk of response) text += String(chunk);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        } catch {
          resolve('lost');
        }
        cancel();
      });
      sent.on('error', () => {
        cancel();
        resolve('lost');
      });
      // Signed when it leaves, not when it queues for a connection.
      sent.on('socket', () => {
        const at = String(Math.floor(clock.now() / 1000) + signing.skew);
        const key = signing.wrongSignature ? `${secret}-wrong` : secret;
        sent.setHeader('x-slack-request-timestamp', at);
        sent.setHeader('x-slack-signature', `v0=${createHmac('sha256', key).update(`v0:${at}:${body}`).digest('hex')}`);
        sent.setHeader('content-length', Buffer.byteLength(body));
        cancel = clock.after(deadline, () => {
          resolve('late');
          sent.destroy();
        });
        sent.end(body);
      });
    });
  }

  return {
    async carry(url, parcel, retry, signing) {
      const { type, body } = encoded(parcel);
      const headers: Record<string, string> = { 'content-type': type, 'user-agent': 'Slackbot 1.0' };
      if (retry)
        Object.assign(headers, { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason });
      const answer = await post(url, body, headers, signing);
      if (typeof answer === 'string') return { outcome: answer };
      const final = answer.headers['x-slack-no-retry'] === '1';
      if (answer.status < 200 || answer.status > 299) return { outcome: 'refused', final };
      return { outcome: 'acknowledged', body: decoded(answer) };
    },
    async verify(url) {
      const challenge = createHmac('sha256', secret).update(String(clock.now())).digest('hex');
      const body = JSON.stringify({ token: 'verification-token', challenge, type: 'url_verification' });
      const answer = await post(url, body, { 'content-type': 'application/json' }, { skew: 0, wrongSignature: false });
      if (typeof answer === 'string') throw new Error(`the request URL did not answer (${answer})`);
      const given = decoded(answer);
      const echoed = typeof given === 'string' ? given : (given as Json | undefined)?.['challenge'];
      if (answer.status !== 200 || echoed !== challenge) {
        throw new Error(`the request URL did not return the challenge: ${answer.status} ${answer.body.slice(0, 200)}`);
      }
    },
    stop: () => agent.destroy(),
  };
}

function encoded({ type, payload }: Parcel): { type: string; body: string } {
  if (type === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

function decoded({ headers, body }: Answer): unknown {
  if (body === '') return undefined;
  if (!String(headers['content-type'] ?? '').includes('json')) return body;
  return JSON.parse(body);
}
