import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Clock, Receive, Store } from '../../src/ports.ts';
import { addressOf } from './address.ts';
import { decode } from './body.ts';
import { fileHeaders } from './desk/files.ts';
import { createLimiter, createSeats } from './limiter.ts';
import type { Limits, Log } from './options.ts';
import { refuse } from './refusal.ts';
import { follow } from './stream.ts';
import { conversationOf, newToken, tokenOf } from './token.ts';
import type { Wakes } from './wakes.ts';

/** What the chat's API is made from. */
export interface ChatOptions {
  readonly transcript: Store['transcript'];
  readonly file: Store['file'];
  readonly receive: Receive;
  readonly wakes: Wakes;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly trustProxy: boolean;
  readonly pollEvery: number;
  readonly heartbeatEvery: number;
  readonly log: Log;
}

/** The API behind the chat: `/session`, `/messages`, `/files` and `/stream`. Every refusal is `{error, message}`. */
export function createChat(options: ChatOptions): Hono {
  const { limits, clock, wakes, receive, log } = options;
  const chat = new Hono();
  const sessions = createLimiter(clock, limits.addressSessionsPerMinute);
  const connections = createLimiter(clock, limits.addressConnectionsPerMinute);
  const addressMessages = createLimiter(clock, limits.addressMessagesPerMinute);
  const visitorMessages = createLimiter(clock, limits.visitorMessagesPerMinute);
  const visitorStreams = createSeats(limits.visitorStreams);
  const addressStreams = createSeats(limits.addressStreams);

  let isProxyMentioned = options.trustProxy;
  const addressIn = (c: Context) => {
    if (!isProxyMentioned && c.req.header('x-forwarded-for') !== undefined) {
      isProxyMentioned = true;
      log.warn({}, 'web: X-Forwarded-For is ignored. If a proxy of yours sets it, set TRUST_PROXY=true.');
    }
    return addressOf(c, options.trustProxy);
  };

  chat.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store, no-transform');
  });
  chat.use(
    methodNotAllowed({
      app: chat,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '));
        return refuse(c, 'wrong-method');
      },
    }),
  );
  chat.use(
    bodyLimit({
      maxSize: limits.bodyBytes,
      onError: (c) => refuse(c, 'body-too-large', { limit: limits.bodyBytes }),
    }),
  );

  chat.post('/session', (c) => {
    const seconds = sessions(addressIn(c));
    return seconds > 0 ? refuse(c, 'too-many-sessions', { seconds }) : c.json({ token: newToken() }, 201);
  });

  chat.post('/messages', async (c) => {
    const addressSeconds = addressMessages(addressIn(c));
    if (addressSeconds > 0) return refuse(c, 'too-many-messages', { seconds: addressSeconds });
    const token = tokenOf(c.req.header('authorization'));
    if (token === undefined) return refuse(c, 'no-session');
    const conversation = conversationOf(token);
    const seconds = visitorMessages(conversation);
    if (seconds > 0) return refuse(c, 'too-many-messages', { seconds });
    const incoming = await decode(c, conversation, clock());
    if (incoming instanceof Response) return incoming;
    try {
      await receive(incoming);
    } catch (error) {
      log.error({ err: error, key: incoming.key }, 'web: a message could not be stored; the browser sends it again');
      return refuse(c, 'unavailable', { seconds: 2 });
    }
    wakes.ring(conversation);
    return c.json({ status: 'accepted' }, 202);
  });

  chat.get('/files/:id', async (c) => {
    const seconds = connections(addressIn(c));
    if (seconds > 0) return refuse(c, 'too-many-messages', { seconds });
    const token = tokenOf(c.req.header('authorization'));
    if (token === undefined) return refuse(c, 'no-session');
    const file = await options.file(c.req.param('id'));
    if (file?.conversation !== conversationOf(token)) return refuse(c, 'not-found');
    for (const [header, value] of Object.entries(fileHeaders(file))) c.header(header, value);
    return c.body(new Uint8Array(file.content));
  });

  chat.get('/stream', (c) => {
    const address = addressIn(c);
    const seconds = connections(address);
    if (seconds > 0) return refuse(c, 'too-many-streams', { seconds });
    const token = tokenOf(c.req.header('authorization'));
    if (token === undefined) return refuse(c, 'no-session');
    const conversation = conversationOf(token);
    const cursor = c.req.header('last-event-id') ?? c.req.query('after') ?? '0';
    if (!/^\d{1,15}$/.test(cursor)) return refuse(c, 'bad-cursor');
    const leaveAddress = addressStreams(address);
    const leaveVisitor = leaveAddress && visitorStreams(conversation);
    if (!leaveVisitor) {
      leaveAddress?.();
      return refuse(c, 'too-many-streams', { seconds: 10 });
    }
    return follow(c, {
      ...options,
      conversation,
      after: Number(cursor),
      bell: wakes.listen(conversation),
      onEnd: () => {
        leaveAddress();
        leaveVisitor();
      },
    });
  });

  chat.all('*', (c) => refuse(c, 'not-found'));
  chat.onError((error, c) => {
    log.error({ err: error }, 'web: a request failed');
    return refuse(c, 'internal');
  });
  return chat;
}
