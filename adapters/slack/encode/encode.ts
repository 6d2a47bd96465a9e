import type { ContextBlock, KnownBlock, RichTextBlock } from '@slack/types';
import type { Outgoing } from '../../../src/core/message.ts';
import { words } from '../words.ts';
import { actions, button, choiceBlocks, feedbackBlocks, rows } from './choices.ts';
import { elementsOf, type Part, partsOf, plainOf } from './markdown.ts';
import { split } from './split.ts';
import { clean, cut, escaped, limits, plainText, shortened } from './text.ts';

/** A message as Slack takes it. `text` is what screen readers read and notifications show: it says everything. */
export interface Post {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** What the words of a message may take, so that source, choices and feedback fit beside them. */
const bodyRoom = 5_000;

/** One or more messages: a long answer continues in the next one, source and choices stand below the last. */
export function encode(message: Outgoing, options: { readonly share?: boolean } = {}): readonly Post[] {
  const groups = split(bodyOf(message), bodyRoom);
  const bodies = groups.length > 0 ? groups : [[]];
  return bodies.map((parts, at): Post => {
    const last = at === bodies.length - 1;
    const blocks = [...textBlocks(parts), ...(last ? below(message, options.share === true) : [])];
    return { text: fallback(parts, last ? message : undefined), blocks: blocks.length > 0 ? blocks : [emptyBlock] };
  });
}

/** What a person wrote is no Markdown: it is shown as written, behind a word about who speaks. */
function bodyOf({ text, refs, language }: Outgoing): readonly Part[] {
  if (!refs.includes('consultant')) return partsOf(text);
  const label = { type: 'text' as const, text: `${words[language].consultant} `, style: { bold: true } };
  return [{ kind: 'text', spans: [label, { type: 'text', text: clean(text).trim() || '…' }] }];
}

/** The blocks of a message for a window, where there is room for all of them and no verdict is asked for. */
export function encodeForView(message: Outgoing): readonly KnownBlock[] {
  const { feedback: _, ...rest } = message;
  return encode(rest).flatMap(({ blocks }) => blocks);
}

/** The words alone, for when Slack refuses the blocks: short enough for any limit. */
export function encodePlainly(message: Outgoing): readonly Post[] {
  return encode(message).map(({ text }) => ({ text, blocks: [] }));
}

const emptyBlock: KnownBlock = { type: 'section', text: plainText('', limits.section) };

function textBlocks(parts: readonly Part[]): readonly RichTextBlock[] {
  return split(parts, limits.section).map((group) => ({ type: 'rich_text', elements: elementsOf(group) }));
}

function below(message: Outgoing, share: boolean): readonly KnownBlock[] {
  const source: ContextBlock[] = message.source
    ? [{ type: 'context', elements: [plainText(message.source, limits.context)] }]
    : [];
  const sharing = share ? rows([button(actions.share, words[message.language].share, actions.share)]) : [];
  return [...source, ...choiceBlocks(message), ...sharing, ...feedbackBlocks(message)];
}

function fallback(parts: readonly Part[], message: Outgoing | undefined): string {
  const listed = (message?.choices ?? []).map(({ label }, at) => `${at + 1}. ${cut(label, limits.button)}`);
  const small = [message?.source, ...(listed.length > 0 ? [listed.join('\n')] : [])].filter(Boolean);
  const whole = [plainOf(parts), ...small].filter(Boolean).join('\n\n') || '…';
  return escaped(shortened(whole, limits.fallback));
}
