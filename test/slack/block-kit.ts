import type { KnownBlock, RichTextElement } from '@slack/types';

/**
 * What Slack would refuse about the blocks of a message, in words; nothing when they are right. Written from the
 * documented limits, apart from the program's own table of them.
 */
export function refusals(blocks: readonly KnownBlock[], most = 50): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) found.push(what);
  };
  const text = (value: string | undefined, limit: number, where: string) => {
    const words = (value ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    must(words.length > 0, `${where} is empty`);
    must(words.length <= limit, `${where} has ${words.length} characters`);
    must((value ?? '').isWellFormed(), `${where} holds half a character`);
  };
  must(blocks.length > 0 && blocks.length <= most, `${blocks.length} blocks`);
  for (const block of blocks) {
    switch (block.type) {
      case 'rich_text': {
        const leaves = block.elements.flatMap((element) =>
          element.type === 'rich_text_list' ? element.elements.flatMap((item) => item.elements) : element.elements,
        );
        must(block.elements.length > 0, 'rich text without elements');
        for (const element of block.elements) must(element.elements.length > 0, `empty ${element.type}`);
        for (const leaf of leaves) text(leafText(leaf), 3_000, 'a rich text leaf');
        const all = leaves.map(leafText).join('');
        text(all, 3_000, 'a rich text block');
        break;
      }
      case 'section':
        text(block.text?.text, 3_000, 'a section');
        break;
      case 'header':
        text(block.text.text, 150, 'a header');
        break;
      case 'context':
        must(block.elements.length >= 1 && block.elements.length <= 10, 'context elements');
        for (const element of block.elements) if (element.type !== 'image') text(element.text, 2_000, 'a context');
        break;
      case 'actions': {
        must(block.elements.length >= 1 && block.elements.length <= 25, `${block.elements.length} actions`);
        const ids = block.elements.map((element) => ('action_id' in element ? element.action_id : ''));
        must(new Set(ids).size === ids.length, 'an action_id twice in a block');
        for (const element of block.elements) {
          if (element.type === 'button') {
            text(element.text.text, 75, 'a button');
            text(element.value, 2_000, 'the value of a button');
          } else if (element.type === 'checkboxes') {
            must(element.options.length >= 1 && element.options.length <= 10, 'options');
            for (const option of element.options) {
              text(option.text.text, 75, 'an option');
              text(option.value, 75, 'the value of an option');
            }
          } else must(false, `element ${element.type}`);
        }
        break;
      }
      case 'context_actions':
        for (const element of block.elements) {
          if (element.type !== 'feedback_buttons') must(false, 'an icon button');
          else
            for (const half of [element.positive_button, element.negative_button]) {
              text(half.text.text, 75, 'a feedback button');
              text(half.accessibility_label, 75, 'its label');
              text(half.value, 2_000, 'its value');
            }
        }
        break;
      default:
        must(block.type === 'divider', `block ${block.type}`);
    }
  }
  const inAll = JSON.stringify(blocks).match(/"(?:text|url|value)":"((?:[^"\\]|\\.)*)"/g) ?? [];
  must(inAll.join('').length <= 30_000, 'the message as a whole');
  must(textIn(blocks).length <= 9_600, `${textIn(blocks).length} characters of text in all blocks`);
  return found;
}

/** Every text that the blocks show, one after the other. */
export function textIn(blocks: readonly KnownBlock[]): string {
  const texts: string[] = [];
  const walk = (node: unknown) => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null)
      for (const [name, value] of Object.entries(node)) {
        if (name === 'text' && typeof value === 'string') texts.push(value);
        else walk(value);
      }
  };
  walk(blocks);
  return texts.join('');
}

function leafText(leaf: RichTextElement): string {
  return leaf.type === 'text' ? leaf.text : leaf.type === 'link' ? (leaf.text ?? leaf.url) : '';
}
