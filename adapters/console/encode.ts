import { stripVTControlCharacters, styleText } from 'node:util';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Outgoing } from '../../src/core/message.ts';

/** Stands for a line break that is meant, until those of the source are joined. */
const hardBreak = '\v';

/** A message as text for a terminal: Markdown without its signs, choices numbered, small print dim when in `colour`. */
export function encode(message: Outgoing, { colour }: { readonly colour: boolean }): string {
  const { text, source, choices = [], feedback } = message;
  const dim = (words: string) => (colour ? styleText('dim', words, { validateStream: false }) : words);
  const listed = choices.map(({ label, quiet }, at) => {
    const line = `  ${at + 1}. ${safe(label)}`;
    return quiet ? dim(line) : line;
  });
  return [
    plain(text),
    source && dim(safe(source)),
    listed.join('\n'),
    feedback && dim(safe(`${feedback.ask} ${feedback.yes.label} / ${feedback.no.label}`)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Markdown as plain text: lists keep their signs, a link shows its address. */
export function plain(markdown: string): string {
  return safe(blocks(fromMarkdown(markdown).children, '\n\n'));
}

function blocks(nodes: readonly Nodes[], between: string): string {
  return nodes.map(block).filter(Boolean).join(between);
}

function block(node: Nodes): string {
  switch (node.type) {
    case 'list':
      return node.children
        .map((item, at) => {
          const sign = node.ordered ? `${(node.start ?? 1) + at}. ` : '• ';
          return sign + blocks(item.children, '\n').replaceAll('\n', `\n${' '.repeat(sign.length)}`);
        })
        .join('\n');
    case 'blockquote':
      return blocks(node.children, '\n\n');
    case 'definition':
    case 'thematicBreak':
      return '';
    case 'paragraph':
    case 'heading':
      return joinLines(inlines(node.children)).replaceAll(hardBreak, '\n');
    default:
      return inline(node);
  }
}

function inline(node: Nodes): string {
  switch (node.type) {
    case 'link': {
      const words = inlines(node.children);
      return words === node.url ? words : `${words} (${node.url.replace(/^mailto:/, '')})`;
    }
    case 'break':
      return hardBreak;
    case 'image':
      return node.alt ?? '';
    case 'code':
    case 'inlineCode':
    case 'text':
    case 'html':
      return node.value;
    default:
      return 'children' in node ? inlines(node.children) : '';
  }
}

function inlines(nodes: readonly Nodes[]): string {
  return nodes.map(inline).join('');
}

/** A line end inside a paragraph is a space, except between Chinese characters, where no space is written. */
function joinLines(text: string): string {
  return text.replace(/(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])/g, '').replaceAll('\n', ' ');
}

/** Nothing that moves the cursor, changes colours or rings the bell. */
function safe(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n]/gu, '');
}
