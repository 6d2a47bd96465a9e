import type { Json } from './index.ts';

/** A call that Slack refuses: becomes `{ok: false, error, ...rest}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: string;
  readonly rest: Json;

  constructor(error: string, rest: Json = {}) {
    super(error);
    this.error = error;
    this.rest = rest;
  }
}

/** Refuses with the sentences that Slack puts into response_metadata. */
export function refuse(error: string, messages: readonly string[]): Refusal {
  return new Refusal(error, { errors: messages, response_metadata: { messages: messages.map((m) => `[ERROR] ${m}`) } });
}
