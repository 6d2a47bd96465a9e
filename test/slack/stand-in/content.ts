import type { Json } from './index.ts';

/** One piece of text in a message or view, and how Slack reads it. */
export interface Piece {
  readonly text: string;
  readonly as: 'mrkdwn' | 'verbatim' | 'plain' | 'markdown';
}

/** Every object in a JSON tree, from the outside inwards. */
export function* objects(tree: unknown): Generator<Json> {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* objects(item);
  } else if (typeof tree === 'object' && tree !== null) {
    yield tree as Json;
    yield* objects(Object.values(tree));
  }
}

/** Every piece of text in blocks. */
export function pieces(blocks: unknown): Piece[] {
  const found: Piece[] = [];
  for (const { type, text, verbatim } of objects(blocks)) {
    if (typeof text !== 'string') continue;
    if (type === 'mrkdwn') found.push({ text, as: verbatim === true ? 'verbatim' : 'mrkdwn' });
    else if (type === 'markdown') found.push({ text, as: 'markdown' });
    else found.push({ text, as: 'plain' });
  }
  return found;
}

/** Takes back Slack's escaping of `&`, `<` and `>`. */
export function plainText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What mentions in a message address: user ids, `channel`, `here`, `everyone`, user group ids. */
export function mentions(text: string, blocks: unknown): string[] {
  const found: string[] = [];
  // With blocks the text is the notification; Slack still acts on mentions in it.
  for (const piece of [{ text, as: 'mrkdwn' } as Piece, ...pieces(blocks)]) {
    if (piece.as === 'plain') continue;
    for (const [, user, word, group] of piece.text.matchAll(
      /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<!(channel|here|everyone)(?:\|[^>]*)?>|<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>/g,
    )) {
      found.push(user ?? word ?? group ?? '');
    }
  }
  for (const element of objects(blocks)) {
    if (element['type'] === 'user') found.push(String(element['user_id']));
    if (element['type'] === 'broadcast') found.push(String(element['range']));
    if (element['type'] === 'usergroup') found.push(String(element['usergroup_id']));
  }
  return found;
}

const BARE = /https?:\/\/[^\s<>|]+/g;

/** Addresses that a reader can click on. */
export function links(text: string, blocks: unknown): string[] {
  const found: string[] = [];
  const shown: Piece[] = Array.isArray(blocks) && blocks.length > 0 ? pieces(blocks) : [{ text, as: 'mrkdwn' }];
  for (const piece of shown) {
    if (piece.as === 'plain') continue;
    const bare = piece.text.replaceAll(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, (_, url: string) => {
      found.push(plainText(url));
      return ' ';
    });
    const rest = bare.replaceAll(/\]\(([^)\s]+)[^)]*\)/g, (whole, url: string) => {
      if (piece.as !== 'markdown') return whole;
      found.push(url);
      return ' ';
    });
    // A verbatim text links what is marked as a link, and no bare address.
    if (piece.as === 'verbatim') continue;
    for (const [url] of rest.matchAll(BARE)) found.push(plainText(url));
  }
  for (const element of objects(blocks)) {
    if (element['type'] === 'link' || element['type'] === 'button') {
      if (typeof element['url'] === 'string') found.push(element['url']);
    }
  }
  return found;
}

/** Number of characters that Slack adds up over all blocks of a message. */
export function weight(blocks: unknown): number {
  return pieces(blocks).reduce((sum, { text }) => sum + text.length, 0);
}
