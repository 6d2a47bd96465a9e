import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Timers } from './clock.ts';
import type { Carry, Outcome } from './delivery.ts';
import type { Json } from './index.ts';

const MOST = 10;
const PING_MS = 10_000;
const TICKET_MS = 30_000;

/** Ways in which sockets misbehave. */
interface Settings {
  refuse: boolean;
  silent: boolean;
  /** Age in ms at which a socket is asked to go. */
  refresh: number | null;
}

/** The Socket Mode side: up to ten sockets, each envelope goes to any one of them. */
export interface Sockets {
  readonly carry: Carry;
  readonly settings: Readonly<Settings>;
  /** Sockets that were greeted. */
  count(): number;
  /** A ticket for one socket. */
  ticket(): string;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, ticket: string | null): void;
  set(settings: Partial<Settings>): void;
  disconnect(reason: string): void;
  cut(): void;
  frame(frame: Json): void;
  stop(): void;
}

/** Socket Mode for one app. `random` picks the socket. */
export function createSockets(appId: string, clock: Timers, deadline: number, random: () => number): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Map<string, number>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, { readonly socket: WebSocket; readonly settle: (outcome: Outcome) => void }>();
  const settings: Settings = { refuse: false, silent: false, refresh: null };

  function say(socket: WebSocket, frame: Json): void {
    socket.send(JSON.stringify(frame));
  }

  function bye(socket: WebSocket, reason: string): void {
    say(socket, { type: 'disconnect', reason, debug_info: { host: 'stand-in' } });
    if (reason !== 'warning') socket.close(1000);
  }

  function age(socket: WebSocket): void {
    const refresh = settings.refresh;
    if (refresh === null) return;
    clock.after(refresh, () => {
      if (!open.has(socket)) return;
      bye(socket, 'warning');
      clock.after(Math.min(10_000, refresh / 2), () => open.has(socket) && bye(socket, 'refresh_requested'));
    });
  }

  function heard(data: string): void {
    const frame = JSON.parse(data) as Json;
    const id = String(frame['envelope_id']);
    waiting.get(id)?.settle({ outcome: 'acknowledged', body: frame['payload'] });
  }

  function greet(socket: WebSocket): void {
    const ping = setInterval(() => socket.ping(), PING_MS);
    socket.on('message', (data) => heard(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(ping);
      open.delete(socket);
      for (const entry of waiting.values()) if (entry.socket === socket) entry.settle({ outcome: 'lost' });
    });
    if (settings.silent) return;
    open.add(socket);
    const seconds = Math.round((settings.refresh ?? 3_600_000) / 1000);
    say(socket, {
      type: 'hello',
      num_connections: open.size,
      debug_info: { host: 'stand-in', approximate_connection_time: seconds },
      connection_info: { app_id: appId },
    });
    if (open.size > MOST) bye(socket, 'too_many_websockets');
    age(socket);
  }

  return {
    settings,
    count: () => open.size,
    ticket() {
      const ticket = randomUUID();
      tickets.set(ticket, clock.now() + TICKET_MS);
      return ticket;
    },
    upgrade(request, stream, head, ticket) {
      const until = tickets.get(ticket ?? '');
      tickets.delete(ticket ?? '');
      if (settings.refuse || until === undefined || clock.now() > until) {
        stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, stream, head, greet);
    },
    carry(parcel, retry, end) {
      const ready = [...open].filter((socket) => socket.readyState === socket.OPEN);
      const socket = ready[Math.floor(random() * ready.length)];
      if (!socket) return end({ outcome: 'lost' });
      const id = randomUUID();
      const cancel = clock.after(deadline, () => settle({ outcome: 'late' }));
      function settle(outcome: Outcome): void {
        cancel();
        waiting.delete(id);
        end(outcome);
      }
      waiting.set(id, { socket, settle });
      say(socket, {
        envelope_id: id,
        type: parcel.type,
        payload: parcel.payload,
        accepts_response_payload: parcel.type !== 'events_api',
        ...(parcel.type === 'events_api'
          ? { retry_attempt: retry?.number ?? 0, retry_reason: socketReason(retry?.reason) }
          : {}),
      });
    },
    set(changes) {
      Object.assign(settings, changes);
      if (changes.refresh !== undefined) for (const socket of open) age(socket);
    },
    disconnect(reason) {
      for (const socket of open) bye(socket, reason);
    },
    cut() {
      for (const socket of server.clients) socket.terminate();
    },
    frame(frame) {
      const [socket] = open;
      if (!socket) throw new Error('no socket is open to send a frame to');
      say(socket, frame);
    },
    stop() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function socketReason(reason: string | undefined): string {
  return reason === 'http_timeout' ? 'timeout' : (reason ?? '');
}
