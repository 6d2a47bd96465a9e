import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { METHODS } from '../platform.ts';
import { checkArguments, parseArguments, readBody, textArgument } from './arguments.ts';
import type { CallFault, FaultState } from './faults.ts';
import type { Call, Json } from './index.ts';
import { checkScope, type Method } from './method.ts';
import { assistant } from './methods/assistant.ts';
import { chat } from './methods/chat.ts';
import { conversations } from './methods/conversations.ts';
import { files } from './methods/files.ts';
import { people } from './methods/people.ts';
import { views } from './methods/views.ts';
import type { Pace } from './pace.ts';
import { Refusal } from './refusal.ts';
import { answerResponseUrl } from './response-url.ts';
import type { Sockets } from './sockets.ts';
import type { World } from './world.ts';

const RUN: Readonly<Record<string, Method>> = {
  ...assistant,
  ...chat,
  ...conversations,
  ...files,
  ...people,
  ...views,
};

/** What the server needs. */
export interface Parts {
  readonly world: World;
  readonly sockets: Sockets;
  readonly faults: FaultState;
  readonly pace: Pace;
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly calls: Call[];
}

interface Answer {
  readonly status: number;
  readonly result: Call['result'];
  readonly headers?: Record<string, string>;
  /** Sent instead of the result. */
  readonly text?: string;
}

/** The HTTP server: Web API, response_url, uploads, private files, and the upgrade to Socket Mode. */
export function createSlackServer(parts: Parts): Server {
  const server = createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.on('upgrade', (request, stream, head) => {
    if (parts.faults.out()) stream.destroy();
    else parts.sockets.upgrade(request, stream, head, address(request).searchParams.get('ticket'));
  });
  return server;
}

function address(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://127.0.0.1');
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, faults, calls } = parts;
  const url = address(request);
  const sent = await readBody(request);
  const body = request.headers['content-type']?.startsWith('multipart/') ? await firstPart(request, sent) : sent;
  const [, root = '', id = ''] = url.pathname.split('/');
  if (root === 'files-pri') return privateFile(parts, request, response, id);
  const method = root === 'api' ? id : root === 'response' ? 'response_url' : root === 'upload' ? 'files.upload' : root;
  const at = world.clock.now();
  const { args, unreadable } = parsed(root, request, url, body);
  const channel =
    textArgument(args, 'channel') ?? textArgument(args, 'channel_id') ?? world.responseUrls.get(id)?.channel;
  const record = (answer: Answer, answered: boolean) =>
    calls.push({
      method,
      arguments: args,
      headers: request.headers,
      result: answer.result,
      status: answer.status,
      at,
      answered,
    });

  if (faults.out()) return void request.socket.destroy();
  const fault = faults.callFault(method, channel);
  const closed = method === 'apps.connections.open' && parts.sockets.settings.refuse;
  const early = refused(closed ? { kind: 'status', status: 503 } : fault, at);
  if (fault?.kind === 'dropRequest') {
    record({ status: 0, result: { ok: false, error: 'dropped' } }, false);
    return void request.socket.destroy();
  }
  const answer = early ?? carryOut(parts, root, id, args, body, request, unreadable);
  record(answer, fault?.kind !== 'dropResponse');
  if (fault?.kind === 'dropResponse') return void request.socket.destroy();
  const send = () => {
    const json = answer.text === undefined;
    response.writeHead(answer.status, { 'content-type': json ? 'application/json' : 'text/plain', ...answer.headers });
    response.end(answer.text ?? JSON.stringify(answer.result));
  };
  if (fault?.kind === 'delay') world.clock.after(fault.ms, send);
  else send();
}

function parsed(root: string, request: IncomingMessage, url: URL, body: Buffer): { args: Json; unreadable?: Refusal } {
  if (root === 'upload') return { args: { length: body.length } };
  try {
    return { args: parseArguments(request, url.searchParams, body) };
  } catch (error) {
    return { args: {}, unreadable: error instanceof Refusal ? error : new Refusal('invalid_json') };
  }
}

/** The first part of a multipart body, which is how the client sends files. */
async function firstPart(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const headers = { 'content-type': String(request.headers['content-type']) };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const [part] = form.values();
  if (part === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof part === 'string' ? part : new Uint8Array(await part.arrayBuffer()));
}

function refused(fault: CallFault | undefined, now: number): Answer | undefined {
  if (fault?.kind === 'status')
    return { status: fault.status, result: { ok: false, error: 'status' }, text: 'unavailable' };
  if (fault?.kind === 'refuse') return { status: 200, result: { ok: false, error: fault.error, ...fault.rest } };
  if (fault?.kind === 'rateLimit') return limited(Math.max(1, Math.ceil((fault.until - now) / 1000)));
  return undefined;
}

function limited(seconds: number): Answer {
  return { status: 429, result: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } };
}

function carryOut(
  parts: Parts,
  root: string,
  id: string,
  args: Json,
  body: Buffer,
  request: IncomingMessage,
  unreadable: Refusal | undefined,
): Answer {
  const { world } = parts;
  if (root === 'response') return unreadable ? bad(unreadable) : answerResponseUrl(world, id, args);
  if (root === 'upload') return upload(world, id, body);
  if (root !== 'api') return { status: 404, result: { ok: false, error: 'not_found' }, text: 'not found' };
  try {
    if (unreadable) throw unreadable;
    checkToken(parts, id, request, args);
    checkScope(world, id);
    checkArguments(id, args);
    const wait = parts.pace(id, textArgument(args, 'channel'), world.clock.now());
    if (wait > 0) return limited(wait);
    return { status: 200, result: { ok: true, ...run(parts, id, args) }, headers: scopes(parts, id) };
  } catch (error) {
    if (error instanceof Refusal) return bad(error);
    throw error;
  }
}

function bad(error: Refusal): Answer {
  return { status: 200, result: { ok: false, error: error.error, ...error.rest } };
}

function scopes({ world }: Parts, method: string): Record<string, string> {
  if (METHODS[method]?.app) return {};
  return {
    'x-oauth-scopes': [...world.scopes].join(','),
    'x-accepted-oauth-scopes': (METHODS[method]?.scopes ?? []).join(','),
  };
}

function run({ world, sockets }: Parts, method: string, args: Json): Json {
  if (method === 'apps.connections.open') {
    const query = new URLSearchParams({ ticket: sockets.ticket(), app_id: world.appId });
    return { url: `${world.origin.replace('http', 'ws')}/link/?${query}` };
  }
  const found = RUN[method];
  if (!found) throw new Refusal('unknown_method', { req_method: method });
  return found(world, args);
}

/** Refuses a missing, unknown, revoked token and one of the wrong class. */
function checkToken({ tokens, faults }: Parts, method: string, request: IncomingMessage, args: Json): void {
  const facts = METHODS[method];
  if (!facts) throw new Refusal('unknown_method', { req_method: method });
  const header = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  const token = header ?? textArgument(args, 'token');
  if (token === undefined) throw new Refusal('not_authed');
  const wanted = facts.app ? 'app' : 'bot';
  if (token === tokens[wanted === 'app' ? 'bot' : 'app']) throw new Refusal('not_allowed_token_type');
  if (token !== tokens[wanted]) throw new Refusal('invalid_auth');
  const error = faults.tokenErrors[wanted];
  if (error) throw new Refusal(error);
}

function upload(world: World, id: string, body: Buffer): Answer {
  const file = world.files.get(id);
  if (!file) return { status: 404, result: { ok: false, error: 'file_not_found' }, text: 'not found' };
  if (body.length !== file.size) {
    return { status: 400, result: { ok: false, error: 'length_mismatch' }, text: `expected ${file.size} bytes` };
  }
  file.bytes = new Uint8Array(body);
  return { status: 200, result: { ok: true }, text: `OK - ${body.length}` };
}

/** Contents of a file, for the bot token with files:read only; others get a page to sign in. */
function privateFile({ world, tokens }: Parts, request: IncomingMessage, response: ServerResponse, id: string): void {
  const file = world.files.get(id);
  const allowed = request.headers.authorization === `Bearer ${tokens.bot}` && world.scopes.has('files:read');
  if (!file?.bytes || !allowed) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
    return;
  }
  response.writeHead(200, { 'content-type': file.mimetype }).end(file.bytes);
}
