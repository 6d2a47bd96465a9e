import type { ComponentChildren } from 'preact';
import type { Block, Inline } from '../../wire.ts';

/** A bot text. Made of nodes, never of HTML. */
export function Markdown({ blocks }: { readonly blocks: readonly Block[] }) {
  return <>{blocks.map(block)}</>;
}

function block(node: Block): ComponentChildren {
  if (node.kind === 'paragraph') return <p>{node.children.map(inline)}</p>;
  const items = node.items.map((item) => <li>{item.map(block)}</li>);
  return node.start === null ? <ul>{items}</ul> : <ol start={node.start}>{items}</ol>;
}

function inline(node: Inline): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return <code>{node.text}</code>;
    case 'strong':
      return <strong>{node.children.map(inline)}</strong>;
    case 'emphasis':
      return <em>{node.children.map(inline)}</em>;
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.children.map(inline)}
        </a>
      );
    case 'break':
      return <br />;
  }
}
