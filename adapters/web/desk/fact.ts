import { z } from 'zod';
import type { AttachedFile } from '../../../src/core/message.ts';
import type { WireMatch } from './wire.ts';

const match = z.object({
  text: z.string(),
  verdict: z.enum(['answer', 'choose', 'none']),
  confidence: z.number(),
  outOfScope: z.string().optional(),
  candidates: z.array(z.object({ entry: z.string(), confidence: z.number() })),
});

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('said'), matches: z.array(match) }),
  z.object({
    type: z.literal('sent'),
    file: z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number() }).optional(),
  }),
]);

/** What the stored event behind a visitor's line tells beyond the words. */
export interface Facts {
  readonly matches?: readonly WireMatch[];
  readonly file?: AttachedFile;
}

/** Reads a stored event; one of another shape (an earlier version, a choice) tells nothing. */
export function factsOf(stored: unknown): Facts {
  const { data } = event.safeParse(stored);
  if (data?.type === 'sent') return data.file ? { file: data.file } : {};
  if (data?.type !== 'said') return {};
  const matches = data.matches.map(
    ({ outOfScope, ...rest }): WireMatch => ({ ...rest, ...(outOfScope !== undefined && { outOfScope }) }),
  );
  return { matches };
}
