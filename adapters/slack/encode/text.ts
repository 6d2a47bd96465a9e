/**
 * Limits of Block Kit, in characters or in elements; https://docs.slack.dev/reference/block-kit/blocks.
 * `message` is not documented: Slack answers `msg_blocks_too_long` somewhere above 9,600 characters in all blocks.
 */
export const limits = {
  blocks: 50,
  viewBlocks: 100,
  section: 3_000,
  message: 9_000,
  fallback: 3_000,
  context: 2_000,
  header: 150,
  button: 75,
  option: 75,
  options: 10,
  actions: 25,
  id: 255,
  value: 2_000,
  title: 24,
} as const;

/** Escapes what Slack reads as markup in `text` and in mrkdwn; https://docs.slack.dev/messaging/formatting-message-text. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How much of a limit a text takes: UTF-16 units after escaping, the most that Slack can count. */
export function size(text: string): number {
  return text.length + 4 * count(text, /&/g) + 3 * count(text, /[<>]/g);
}

function count(text: string, sought: RegExp): number {
  return text.match(sought)?.length ?? 0;
}

/** Nothing invisible that changes how other text is read: no control characters, no direction overrides, no half characters. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** How many UTF-16 units of a text fit into `room`, counted as in `size`; never half a character. */
export function fitting(text: string, room: number): number {
  let taken = 0;
  let at = 0;
  for (const character of text) {
    taken += size(character);
    if (taken > room) return at;
    at += character.length;
  }
  return at;
}

/** The text cut to a limit with an ellipsis. */
export function shortened(text: string, limit: number): string {
  return size(text) <= limit ? text : `${text.slice(0, fitting(text, limit - 1)).trimEnd()}…`;
}

/** The text without anything invisible, cut to a limit. */
export function cut(text: string, limit: number): string {
  return shortened(clean(text).trim(), limit);
}

/** A plain text object of Block Kit: nothing in it is markup. Slack refuses an empty one. */
export function plainText(text: string, limit: number) {
  return { type: 'plain_text' as const, text: cut(text, limit) || '…', emoji: false };
}

/** A sentence as a message of its own. Blocks are given too, so that it replaces those of an older message. */
export function noteOf(text: string) {
  return { text: escaped(text), blocks: [{ type: 'section' as const, text: plainText(text, limits.section) }] };
}
