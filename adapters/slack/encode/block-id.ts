import type { KnownBlock } from '@slack/types';
import { limits } from './text.ts';

/** Blocks with controls, named so that a click on them tells the conversation; `tag` differs from message to message. */
export function named(blocks: readonly KnownBlock[], conversation: string, tag: string): readonly KnownBlock[] {
  return blocks.map((block, at) =>
    block.type === 'actions' || block.type === 'context_actions'
      ? { ...block, block_id: `${at}.${tag}|${conversation}`.slice(0, limits.id) }
      : block,
  );
}

/** The conversation in the name of a block. */
export function conversationIn(block: string): string | undefined {
  const at = block.indexOf('|');
  return at < 0 ? undefined : block.slice(at + 1);
}

/** What the names of all blocks of one message have in common. */
export function messageOf(block: string): string {
  return block.slice(block.indexOf('.') + 1);
}
