import type { Nodes, PhrasingContent, Text } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** Bold beside Chinese punctuation (`**许可证（经营性）**是`), which the rules of CommonMark do not take for bold. */
const strayStrong = /\*\*(?=\S)([^*\n]+)(?<=\S)\*\*/g;

/** Stands for a line break that is meant, until those of the source are joined. */
const hardBreak = '\v';

/** Markdown as a tree: its blocks. Bold beside Chinese punctuation is bold; words with escaped signs stay words. */
export function readMarkdown(markdown: string): readonly Nodes[] {
  return fromMarkdown(markdown).children.map((node) => withStrong(node, markdown));
}

function withStrong(node: Nodes, source: string): Nodes {
  if (!('children' in node)) return node;
  const children = (node.children as readonly Nodes[]).flatMap((child): readonly Nodes[] =>
    child.type === 'text' && sourceOf(child, source) === child.value ? strongIn(child) : [withStrong(child, source)],
  );
  return { ...node, children } as Nodes;
}

function sourceOf({ position }: Text, source: string): string {
  return source.slice(position?.start.offset, position?.end.offset);
}

function strongIn({ value }: Text): readonly PhrasingContent[] {
  return value.split(strayStrong).flatMap((part, at): readonly PhrasingContent[] => {
    const text: Text = { type: 'text', value: part };
    if (at % 2 === 1) return [{ type: 'strong', children: [text] }];
    return part === '' ? [] : [text];
  });
}

/** A line end inside a paragraph is a space, except between Chinese characters, where no space is written. */
export function joinLines(text: string): string {
  return text.replace(/(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])/g, '').replaceAll('\n', ' ');
}

/** How plain text shows what Markdown has signs for. */
export interface PlainStyle {
  /** Before an item of a list; `number` in an ordered one. */
  sign(number: number | undefined): string;
  link(words: string, url: string): string;
  /** Running text as it is shown. */
  running(words: string): string;
  /** Whether further lines of an item begin below its words. */
  readonly indented: boolean;
}

/** Lists keep their signs, a link shows its address. */
export const bulleted: PlainStyle = {
  sign: (number) => (number === undefined ? '• ' : `${number}. `),
  link: (words, url) => (words === url ? words : `${words} (${url.replace(/^mailto:/, '')})`),
  running: (words) => words,
  indented: false,
};

/** Markdown as plain text, without its signs. */
export function plainText(markdown: string, style: PlainStyle): string {
  return blocks(readMarkdown(markdown), '\n\n', style);
}

function blocks(nodes: readonly Nodes[], between: string, style: PlainStyle): string {
  return nodes
    .map((node) => block(node, style))
    .filter(Boolean)
    .join(between);
}

function block(node: Nodes, style: PlainStyle): string {
  switch (node.type) {
    case 'list':
      return node.children
        .map((item, at) => {
          const sign = style.sign(node.ordered ? (node.start ?? 1) + at : undefined);
          const words = blocks(item.children, '\n', style);
          return sign + (style.indented ? words.replaceAll('\n', `\n${' '.repeat(sign.length)}`) : words);
        })
        .join('\n');
    case 'blockquote':
      return blocks(node.children, '\n\n', style);
    case 'definition':
    case 'thematicBreak':
      return '';
    case 'paragraph':
    case 'heading':
      return joinLines(inlines(node.children, style)).replaceAll(hardBreak, '\n');
    default:
      return inline(node, style);
  }
}

function inlines(nodes: readonly Nodes[], style: PlainStyle): string {
  return style.running(nodes.map((node) => inline(node, style)).join(''));
}

function inline(node: Nodes, style: PlainStyle): string {
  switch (node.type) {
    case 'link':
      return style.link(inlines(node.children, style), node.url);
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
      return 'children' in node ? inlines(node.children, style) : '';
  }
}
