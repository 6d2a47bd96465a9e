import type { IncomingMessage } from 'node:http';
import { METHODS } from '../platform.ts';
import type { Json } from './index.ts';
import { Refusal, refuse } from './refusal.ts';

/** Reads a request body to its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Arguments as Slack takes them: form-encoded, JSON, or the query string. */
export function parseArguments(request: IncomingMessage, query: URLSearchParams, body: Buffer): Json {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  const text = body.toString('utf8');
  if (text === '') return Object.fromEntries(query);
  if (type === 'application/json') {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Refusal('invalid_json');
    return { ...Object.fromEntries(query), ...parsed };
  }
  if (type === 'application/x-www-form-urlencoded') {
    return { ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(text)) };
  }
  throw new Refusal(type === undefined || type === '' ? 'missing_post_type' : 'invalid_post_type');
}

/** Refuses arguments that the method does not have, and a call without those that it needs. */
export function checkArguments(method: string, args: Json): void {
  const facts = METHODS[method];
  if (!facts) throw new Refusal('unknown_method', { req_method: method });
  const known = new Set([...facts.required, ...facts.optional, 'token', 'team_id']);
  const messages = [
    ...facts.required.filter((name) => args[name] === undefined).map((name) => `missing required field: ${name}`),
    ...Object.keys(args)
      .filter((name) => !known.has(name))
      .map((name) => `unsupported argument: ${name}`),
  ];
  if (messages.length > 0) throw refuse('invalid_arguments', messages);
}

/** A text argument; undefined when absent or empty. */
export function textArgument(args: Json, name: string): string | undefined {
  const value = args[name];
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** A yes-or-no argument. */
export function flagArgument(args: Json, name: string, fallback = false): boolean {
  const value = args[name];
  return value === undefined ? fallback : value === true || value === 'true' || value === '1';
}

/** An argument that holds JSON, as text or as it is. */
export function jsonArgument(args: Json, name: string, error = 'invalid_arguments'): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw refuse(error, [`${name} is no JSON`]);
  }
}
