import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from './clock.ts';
import type { FaultState } from './faults.ts';
import type { Call, Json } from './index.ts';

/** A request as the methods see it. */
export interface Input {
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; `{}` for GET and uploads. */
  readonly body: Json;
  /** The uploaded form. */
  form(): Promise<FormData>;
}

/** A file as an answer. */
export interface File {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly name: string;
}

/** One method of the API: JSON, or a file, or a thrown `Refusal`. */
export interface Method {
  readonly verb: 'GET' | 'POST';
  /** Content of the request: JSON by default, `form` for uploads. */
  readonly takes?: 'form';
  /** False for the methods that give tokens out. */
  readonly needsToken?: false;
  run(input: Input): Json | File | Promise<Json | File>;
}

/** An error of the API. */
export class Refusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(errmsg);
    this.errcode = errcode;
  }
}

/** An API on loopback. */
export interface Server {
  readonly url: string;
  readonly calls: readonly Call[];
  stop(): Promise<void>;
}

/** What a server serves. */
export interface Api {
  /** By path, with its slash, for example `/cgi-bin/menu/get`. */
  readonly methods: ReadonlyMap<string, Method>;
  readonly clock: Clock;
  readonly faults: FaultState;
  /** Throws when the access token is not valid. */
  checkToken(token: string | undefined): void;
  /** Public files, for example pictures. */
  file?(path: string): File | undefined;
}

/** Starts an API. Every call is recorded, also those that a fault meets. */
export async function startServer(api: Api): Promise<Server> {
  const calls: Call[] = [];
  const server = createServer((incoming, outgoing) => {
    serve(api, calls, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(api: Api, calls: Call[], incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://loopback');
  const at = api.clock.now();
  const bytes = await read(incoming);
  const public_ = api.file?.(url.pathname);
  if (public_) return sendFile(outgoing, public_);
  const name = url.pathname.replace(/^\/(cgi-bin\/)?/, '');
  const fault = api.faults.out() ? { kind: 'dropRequest' as const } : api.faults.callFault(name);
  const query = Object.fromEntries(url.searchParams);
  const record = (body: Json, result: Json, status = 200, answered = true) => {
    calls.push({ method: name, query, body, result, errcode: Number(result['errcode'] ?? 0), status, at, answered });
  };
  const body = parse(bytes.toString());
  if (fault?.kind === 'dropRequest') {
    record(body ?? {}, {}, 0, false);
    outgoing.destroy();
    return;
  }
  if (fault?.kind === 'status') {
    record(body ?? {}, {}, fault.status);
    outgoing.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>nginx</html>');
    return;
  }
  const method = api.methods.get(url.pathname);
  if (!method) {
    record(body ?? {}, {}, 404);
    outgoing.writeHead(404, { 'content-type': 'text/html' }).end();
    return;
  }
  const result = await answer(api, method, incoming, bytes, query, fault);
  const isFile = result && 'bytes' in result && result.bytes instanceof Uint8Array;
  record(body ?? {}, isFile ? {} : (result as Json), 200, fault?.kind !== 'dropResponse');
  if (fault?.kind === 'dropResponse') {
    outgoing.destroy();
    return;
  }
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  if (isFile) return sendFile(outgoing, result as File);
  outgoing.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(result));
}

async function answer(
  api: Api,
  method: Method,
  incoming: IncomingMessage,
  bytes: Buffer<ArrayBuffer>,
  query: Readonly<Record<string, string>>,
  fault: ReturnType<FaultState['callFault']>,
): Promise<Json | File> {
  try {
    if (fault?.kind === 'refuse') throw new Refusal(fault.errcode, 'refused by a fault');
    if (incoming.method !== method.verb) {
      throw new Refusal(method.verb === 'POST' ? 43002 : 43001, `require ${method.verb} method`);
    }
    if (method.needsToken !== false) api.checkToken(query['access_token']);
    const contentType = incoming.headers['content-type'] ?? '';
    return await method.run({
      query,
      body: method.verb === 'POST' && method.takes !== 'form' ? json(bytes.toString()) : {},
      form: () => form(bytes, contentType),
    });
  } catch (error) {
    if (error instanceof Refusal) return { errcode: error.errcode, errmsg: error.message };
    throw error;
  }
}

/** The body of a call; `\uXXXX` would reach the person as it stands, and is refused. */
function json(text: string): Json {
  const body = parse(text);
  if (!body) throw new Refusal(47001, 'data format error');
  if (/\\u[0-9a-fA-F]{4}/.test(text)) throw new Refusal(40033, 'invalid charset');
  return body;
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

async function form(bytes: Buffer<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Refusal(41005, 'media data missing');
  }
}

async function read(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function sendFile(outgoing: ServerResponse, { bytes, contentType, name }: File): void {
  // Headers hold bytes: UTF-8 in Tencent's case.
  const named = Buffer.from(name).toString('latin1');
  outgoing
    .writeHead(200, { 'content-type': contentType, 'content-disposition': `attachment; filename="${named}"` })
    .end(bytes);
}
