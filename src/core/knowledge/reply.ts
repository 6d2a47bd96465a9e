import { z } from 'zod';
import type { Finding, Sourced } from './finding.ts';
import type { PlacedText } from './texts.ts';

const text = z.string().trim().min(1);
const plain = text.refine((words) => !/\*\*|^#+ |\]\(/m.test(words), {
  message: 'write it as plain text: a consultant may change it before it is sent',
});

/** The file format of `knowledge/replies.yaml`: replies that consultants keep at hand. */
export const repliesSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'kebab-case: letters, digits and hyphens'),
    title: z.strictObject({ en: text, zh: text }),
    text: z.strictObject({ en: plain, zh: plain }),
  }),
);

/** A reply that consultants keep at hand (`replies.yaml`); `text` is Markdown-free. */
export type SavedReply = z.output<typeof repliesSchema>[number];

/** Replies with the same id: only one of them could be picked. */
export function checkReplies({ file, value }: Sourced<readonly SavedReply[]>): readonly Finding[] {
  return value.flatMap(({ id }, at): readonly Finding[] => {
    const first = value.findIndex((other) => other.id === id);
    if (first === at) return [];
    const path = [at, 'id'];
    return [
      { file, path, level: 'error', message: `"${id}" is also the id of reply ${first + 1}`, remedy: 'rename it' },
    ];
  });
}

/** What consultants send with one click is held to the same words as everything else that visitors read. */
export function replyTexts({ file, value }: Sourced<readonly SavedReply[]>): readonly PlacedText[] {
  return value.map((reply, at) => ({ file, path: [at, 'text'], ...reply.text }));
}
