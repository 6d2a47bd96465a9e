import type { Message, Room, Wechaty } from 'wechaty';

/** Ends a mention: a four-per-em space on phones, another space elsewhere, or the end of the text. */
const end = '(?:[\\u2005\\u2004\\u2006\\u00a0 ]|\\n|$)';

/** What somebody in a room says to the bot, without the mention; undefined when it is not meant. */
export async function saidToBot(bot: Wechaty, message: Message, room: Room): Promise<string | undefined> {
  const names = await namesOf(bot, room);
  const written = message.text();
  const sign = names.length === 0 ? undefined : new RegExp(`@(?:${names.map(escaped).join('|')})${end}`, 'gu');
  const named = sign?.test(written) ?? false;
  // Some puppets count a call to everybody as a mention of each.
  const toAll = new RegExp(`@(?:所有人|all)${end}`, 'iu').test(written);
  if (!named && (toAll || !(await message.mentionSelf()))) return undefined;
  const rest = named || !sign ? written : await message.mentionText();
  return (sign ? rest.replace(sign, ' ') : rest).trim();
}

/** The names of the bot's account: its alias in the room is not known to every puppet. */
async function namesOf(bot: Wechaty, room: Room): Promise<readonly string[]> {
  const self = bot.currentUser;
  const alias = await room.alias(self).catch(() => undefined);
  const names = [alias, self.name()].filter((name) => name !== undefined && name.trim() !== '') as string[];
  return [...new Set(names)].sort((one, other) => other.length - one.length);
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
