/** Emoji that mean something to the conversation; Slack sends them by name. */
const emoji: Readonly<Record<string, string>> = {
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  thumbsdown: '👎',
  heart: '❤️',
  ok_hand: '👌',
};

/** Ids of the people whom a text mentions, in order. */
export function mentionsIn(text: string): readonly string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map(([, id]) => id ?? '');
}

/** A text of Slack as its author reads it: references by their names, entities undone once, without the bot's name. */
export function readText(text: string, botUser: string): string {
  return read(text, botUser, (inner) => reference(inner, botUser), new Map());
}

/** The same for a reader outside Slack: a link with words of its own keeps its address, emoji become characters. */
export function readForOthers(text: string, botUser: string, known: ReadonlyMap<string, string>): string {
  return read(text, botUser, (inner) => address(inner) ?? reference(inner, botUser), known);
}

function read(
  text: string,
  botUser: string,
  resolve: (inner: string) => string,
  known: ReadonlyMap<string, string>,
): string {
  return text
    .replace(new RegExp(`^\\s*<@${botUser}(?:\\|[^>]*)?>[\\s,:，：]*`), '')
    .replace(/<([^<>]*)>/g, (_, inner: string) => resolve(inner))
    .replace(/:([a-z0-9_+-]+):(?::skin-tone-\d:)?/g, (whole, name: string) => known.get(name) ?? emoji[name] ?? whole)
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'))
    .trim();
}

/** A link whose words do not say where it leads; undefined for everything else. */
function address(inner: string): string | undefined {
  const [, target = '', label = ''] = /^((?:https?:\/\/|mailto:)[^|]*)\|(.*)$/s.exec(inner) ?? [];
  if (target === '') return undefined;
  const bare = (one: string) => one.replace(/^(https?:\/\/|mailto:)/, '').replace(/\/$/, '');
  return bare(target) === bare(label) ? undefined : `${label} (${target.replace(/^mailto:/, '')})`;
}

/** The emoji of a message by name, as Slack describes them in its blocks. */
export function emojiIn(blocks: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'emoji' && 'name' in node && 'unicode' in node) {
      const points = String(node.unicode)
        .split('-')
        .map((point) => Number.parseInt(point, 16));
      if (points.every((point) => point > 0 && point <= 0x10_ffff))
        found.set(String(node.name), String.fromCodePoint(...points));
    }
    for (const inner of Object.values(node)) look(inner);
  };
  look(blocks);
  return found;
}

/** What stands between `<` and `>`; https://docs.slack.dev/messaging/formatting-message-text. */
function reference(inner: string, botUser: string): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (target === `@${botUser}`) return '';
  if (target.startsWith('@')) return label ? `@${label.replace(/^@/, '')}` : '@…';
  if (target.startsWith('#')) return label ? `#${label}` : '#…';
  if (target.startsWith('!subteam^')) return label || '@…';
  if (target.startsWith('!date^')) return label;
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label || target.replace(/^mailto:/, '');
}
