import type { Friendship, Wechaty } from 'wechaty';
import type { FriendRule } from './options.ts';

/** Whether a request with this greeting is accepted. */
export function accepts(rule: FriendRule, greeting: string): boolean {
  if (typeof rule === 'string') return rule === 'on';
  const said = greeting.normalize('NFKC').toLowerCase();
  return rule.some((word) => said.includes(word.normalize('NFKC').toLowerCase()));
}

/**
 * Handles what happens around a friendship: accepts a request that the rule allows. Resolves to the contact who is a
 * friend from now on, to be welcomed.
 */
export async function befriend(
  bot: Wechaty,
  friendship: Friendship,
  rule: FriendRule,
  turn: () => Promise<void>,
): Promise<string | undefined> {
  const { Type } = bot.Friendship;
  const { id } = friendship.contact();
  if (friendship.type() === Type.Confirm) return id;
  if (friendship.type() !== Type.Receive || !accepts(rule, friendship.hello())) return undefined;
  await turn();
  await friendship.accept();
  return id;
}
