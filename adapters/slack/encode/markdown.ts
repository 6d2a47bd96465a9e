import type { RichTextBlockElement, RichTextElement, RichTextLink, RichTextText } from '@slack/types';
import type { Nodes } from 'mdast';
import { joinLines, readMarkdown } from '../../../src/core/markdown.ts';
import { clean } from './text.ts';

type Style = NonNullable<RichTextText['style']>;

/** A piece of running text: words or a link. Unlike mrkdwn, rich text reads no markup in either. */
export type Span = RichTextText | RichTextLink;

/** A part of a message that may be split between its items, and inside them between characters. */
export type Part =
  | { readonly kind: 'text' | 'quote' | 'code'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly indent: number; readonly items: readonly Item[] };

/** An item of a list; `number` is its number in an ordered one. */
export interface Item {
  readonly number: number;
  readonly spans: readonly Span[];
}

/** Markdown as parts of Slack's rich text. Raw HTML, images and whatever else is unknown become plain words. */
export function partsOf(markdown: string): readonly Part[] {
  return blocks(readMarkdown(clean(markdown)), 0);
}

function blocks(nodes: readonly Nodes[], indent: number): Part[] {
  return nodes.flatMap((node) => block(node, indent));
}

function block(node: Nodes, indent: number): Part[] {
  switch (node.type) {
    case 'list':
      return list(node, indent);
    case 'blockquote':
      return [{ kind: 'quote', spans: flat(node.children) }];
    case 'code':
      return node.value ? [{ kind: 'code', spans: [{ type: 'text', text: node.value }] }] : [];
    case 'heading':
      return text(spans(node.children, { bold: true }));
    case 'paragraph':
      return text(spans(node.children, {}));
    case 'definition':
    case 'thematicBreak':
      return [];
    default:
      return text(spans([node], {}));
  }
}

function text(words: readonly Span[]): Part[] {
  return words.length > 0 ? [{ kind: 'text', spans: words }] : [];
}

/** Slack indents lists at most eight deep, and an item holds only running text: what is nested follows it. */
function list(node: Nodes & { readonly type: 'list' }, indent: number): Part[] {
  const ordered = node.ordered === true;
  return node.children.flatMap((item, at): Part[] => {
    const nested = item.children.filter((child) => child.type === 'list');
    const words = flat(item.children.filter((child) => child.type !== 'list'));
    const first: Part = { kind: 'list', ordered, indent, items: [{ number: (node.start ?? 1) + at, spans: words }] };
    return [...(words.length > 0 ? [first] : []), ...blocks(nested, Math.min(indent + 1, 8))];
  });
}

/** Blocks as running text, a line each. */
function flat(nodes: readonly Nodes[]): Span[] {
  const lines = blocks(nodes, 0).flatMap((part) =>
    part.kind === 'list' ? part.items.map((item) => item.spans) : [part.spans],
  );
  return lines.flatMap((line, at) => (at === 0 ? line : [{ type: 'text', text: '\n' }, ...line]));
}

function spans(nodes: readonly Nodes[], style: Style): Span[] {
  return nodes.flatMap((node): readonly Span[] => {
    switch (node.type) {
      case 'strong':
        return spans(node.children, { ...style, bold: true });
      case 'emphasis':
        return spans(node.children, { ...style, italic: true });
      case 'inlineCode':
        return words(node.value, { ...style, code: true });
      case 'link': {
        const label = spans(node.children, style).map(labelOf).join('');
        return isSafe(node.url) ? [link(node.url, label, style)] : words(label, style);
      }
      case 'break':
        return words('\n', style);
      case 'image':
        return words(node.alt ?? '', style);
      case 'text':
      case 'html':
        return words(joinLines(node.value), style);
      default:
        return 'children' in node ? spans(node.children, style) : [];
    }
  });
}

function words(value: string, style: Style): readonly Span[] {
  return value === '' ? [] : [{ type: 'text', text: value, ...styled(style) }];
}

function link(url: string, label: string, style: Style): Span {
  return { type: 'link', url, ...(label && label !== url && { text: label }), ...styled(style) };
}

function styled(style: Style): { style?: Style } {
  return Object.keys(style).length > 0 ? { style } : {};
}

/** The words of a span, as they are read. */
export function labelOf(span: RichTextElement): string {
  if (span.type === 'text') return span.text;
  return span.type === 'link' ? (span.text ?? span.url) : '';
}

/** Longer addresses than Slack takes, and other kinds than these, stay words. */
function isSafe(url: string): boolean {
  return url.length <= 2_000 && /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url);
}

/** Parts as the elements of a rich text block: a blank line between paragraphs, items of one list together. */
export function elementsOf(parts: readonly Part[]): RichTextBlockElement[] {
  const elements: RichTextBlockElement[] = [];
  for (const [at, part] of parts.entries()) {
    const before = parts[at - 1];
    const last = elements.at(-1);
    if (part.kind === 'list') {
      const [first] = part.items;
      const items = part.items.map((item) => ({ type: 'rich_text_section' as const, elements: [...item.spans] }));
      const goesOn =
        before?.kind === 'list' && before.ordered === part.ordered && before.indent === part.indent && last;
      if (goesOn && last.type === 'rich_text_list') last.elements.push(...items);
      else
        elements.push({
          type: 'rich_text_list',
          style: part.ordered ? 'ordered' : 'bullet',
          indent: part.indent,
          ...(part.ordered && first && first.number > 1 && { offset: first.number - 1 }),
          elements: items,
        });
    } else if (part.kind === 'text') {
      const gap = before?.kind === 'text' ? '\n\n' : before ? '\n' : '';
      const own: RichTextElement[] = [...(gap ? [{ type: 'text' as const, text: gap }] : []), ...part.spans];
      if (last?.type === 'rich_text_section') last.elements.push(...own);
      else elements.push({ type: 'rich_text_section', elements: own });
    } else {
      const type = part.kind === 'quote' ? ('rich_text_quote' as const) : ('rich_text_preformatted' as const);
      elements.push({ type, elements: [...part.spans] });
    }
  }
  return elements;
}

/** Parts as plain text, for notifications and screen readers: items with their sign, a link with its address. */
export function plainOf(parts: readonly Part[]): string {
  return parts
    .map((part, at) => {
      const gap = at === 0 ? '' : part.kind === 'list' && parts[at - 1]?.kind === 'list' ? '\n' : '\n\n';
      if (part.kind !== 'list') return gap + part.spans.map(read).join('');
      const lines = part.items.map(
        ({ number, spans: own }) => `${part.ordered ? `${number}.` : '•'} ${own.map(read).join('')}`,
      );
      return gap + lines.join('\n');
    })
    .join('');
}

function read(span: Span): string {
  if (span.type === 'text' || span.text === undefined) return labelOf(span);
  return `${span.text} (${span.url.replace(/^mailto:/, '')})`;
}
