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
  return text
    .replace(new RegExp(`^\\s*<@${botUser}(?:\\|[^>]*)?>[\\s,:，：]*`), '')
    .replace(/<([^<>]*)>/g, (_, inner: string) => reference(inner, botUser))
    .replace(/:([a-z0-9_+-]+):(?::skin-tone-\d:)?/g, (whole, name: string) => emoji[name] ?? whole)
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'))
    .trim();
}

/** The same for the words of a consultant: a link with words of its own keeps its address, which the reader may need. */
export function readReply(text: string, botUser: string): string {
  const spelled = text.replace(/<(https?:[^<>|]+)\|([^<>]+)>/g, (whole, url: string, label: string) =>
    url.includes(label) ? whole : `${label} (<${url}>)`,
  );
  return readText(spelled, botUser);
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
