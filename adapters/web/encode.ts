import type { Nodes } from 'mdast';
import { joinLines, readMarkdown } from '../../src/core/markdown.ts';
import type { Outgoing } from '../../src/core/message.ts';
import type { Line } from '../../src/ports.ts';
import { createRecent } from '../../src/recent.ts';
import { linkify } from './linkify.ts';
import type { Block, Inline, WireLine, WireMessage } from './wire.ts';

/** A shown line of the transcript as the browser receives it. Only the bot's own text is read as Markdown. */
export function encode(line: Line & { readonly position: number }): WireLine {
  const { position, at, text, author, message } = line;
  const common = { position, at, id: clientId(line) };
  if (author === 'visitor') return { ...common, author, text };
  if (author === 'bot') {
    return { ...common, author, message: encodeMessage(message ?? { text, language: 'en', refs: [] }) };
  }
  if (!message) return { ...common, author, text };
  const { language, refs, choices, feedback, file } = message;
  if (refs.includes('consultant')) return { ...common, author, text, language, ...(file && { file }) };
  // What can be answered by a click (a rating, coming back) has its buttons.
  if (choices || feedback) return { ...common, author: 'bot', message: encodeMessage(message) };
  return { ...common, author: 'notice', blocks: encodeMarkdown(message.text), language };
}

/** Texts whose trees are kept: reading one takes a millisecond, and the same answers go out again and again. */
const trees = createRecent<readonly Block[]>(200);

/** Markdown as a small tree. Raw HTML, images and anything unknown become plain text. */
export function encodeMarkdown(markdown: string): readonly Block[] {
  const tree = trees.get(markdown) ?? blocks(readMarkdown(markdown));
  trees.set(markdown, tree);
  return tree;
}

function encodeMessage(message: Outgoing): WireMessage {
  const { refs, text, ...rest } = message;
  return {
    blocks: encodeMarkdown(text),
    ...rest,
    ...(refs.includes('forget.done') ? { erased: true } : {}),
  };
}

function clientId(line: Line): string {
  const prefix = `${line.conversation}:`;
  return line.key.startsWith(prefix) ? line.key.slice(prefix.length) : '';
}

function blocks(nodes: readonly Nodes[]): Block[] {
  return nodes.flatMap((node): Block[] => {
    switch (node.type) {
      case 'list':
        return [
          {
            kind: 'list',
            start: node.ordered ? (node.start ?? 1) : null,
            items: node.children.map((item) => blocks(item.children)),
          },
        ];
      case 'blockquote':
        return blocks(node.children);
      case 'heading':
        return [{ kind: 'paragraph', children: [{ kind: 'strong', children: inlines(node.children) }] }];
      case 'paragraph':
        return [{ kind: 'paragraph', children: inlines(node.children) }];
      case 'definition':
      case 'thematicBreak':
        return [];
      default:
        return [{ kind: 'paragraph', children: inlines([node]) }];
    }
  });
}

function inlines(nodes: readonly Nodes[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, children: inlines(node.children) }];
      case 'link':
        return isSafe(node.url)
          ? [{ kind: 'link', href: node.url, children: withoutLinks(inlines(node.children)) }]
          : inlines(node.children);
      case 'inlineCode':
      case 'code':
        return [{ kind: 'code', text: node.value }];
      case 'break':
        return [{ kind: 'break' }];
      case 'image':
        return [{ kind: 'text', text: node.alt ?? '' }];
      case 'text':
        return [...linkify(joinLines(node.value))];
      case 'html':
        return [{ kind: 'text', text: joinLines(node.value) }];
      default:
        return 'children' in node ? inlines(node.children) : [];
    }
  });
}

/** A link in a link is only its text. */
function withoutLinks(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node) => (node.kind === 'link' ? node.children : [node]));
}

function isSafe(url: string): boolean {
  return /^(https:\/\/|mailto:)/i.test(url) && URL.canParse(url);
}
