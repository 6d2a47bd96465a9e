import type { WireAct, WireOutcome } from '../../desk/wire.ts';
import { backoff } from '../pause.ts';
import { type Answer, api } from './api.ts';

/** How often a post is tried before the consultant is asked. */
const attempts = 4;

/** Posts an act until the server has it; every attempt carries the same id, so that nothing is done twice. */
export async function send(id: string, act: WireAct): Promise<Answer<WireOutcome>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await api.act(id, act);
    if (answer.as !== 'lost' || attempt === attempts) return answer;
    await new Promise((resolve) => setTimeout(resolve, backoff(attempt - 1)));
  }
}

/** 128 random bits; `crypto.randomUUID` exists on https pages only. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
