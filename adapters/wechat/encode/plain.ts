import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** Stands for a line break that is meant, until those of the source are joined. */
const hardBreak = '\v';

/** Bold beside Chinese punctuation (`**许可证（经营性）**是`), which the rules of CommonMark do not take for bold. */
const strayStrong = /\*\*(?=\S)([^*\n]+)(?<=\S)\*\*/g;

/** Markdown as the plain text of WeChat: no signs, lists with dots or numbers in brackets, addresses of links in full. */
export function plain(markdown: string): string {
  return safe(blocks(fromMarkdown(markdown).children, '\n\n'));
}

/** Text as it may stand in a message: nothing in it becomes a link with other words, no control characters. */
export function safe(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/<(?=\s*\/?\s*a\b)/giu, '＜')
    .replace(/ +$/gm, '')
    .trim();
}

function blocks(nodes: readonly Nodes[], between: string): string {
  return nodes.map(block).filter(Boolean).join(between);
}

function block(node: Nodes): string {
  switch (node.type) {
    case 'list':
      return node.children
        .map((item, at) => {
          // A number and a dot would look like a choice.
          const sign = node.ordered ? `(${(node.start ?? 1) + at}) ` : '· ';
          return sign + blocks(item.children, '\n');
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
      const said = inlines(node.children);
      const address = node.url.replace(/^mailto:/i, '');
      return said === node.url || said === address ? ` ${address} ` : `${said} ${address} `;
    }
    case 'break':
      return hardBreak;
    case 'image':
      return node.alt ?? '';
    case 'text':
      return node.value.replace(strayStrong, '$1');
    case 'code':
    case 'inlineCode':
    case 'html':
      return node.value;
    default:
      return 'children' in node ? inlines(node.children) : '';
  }
}

function inlines(nodes: readonly Nodes[]): string {
  return nodes.map(inline).join('').replace(/ {2,}/g, ' ');
}

/** A line end inside a paragraph is a space, except between Chinese characters, where no space is written. */
function joinLines(text: string): string {
  return text.replace(/(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])/g, '').replaceAll('\n', ' ');
}
