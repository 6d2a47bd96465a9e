/** Name of the channel. */
export const channelName = 'wechat-personal';

/** Who talks where: a contact, alone or in a room. */
export interface Chat {
  readonly contact: string;
  readonly room?: string;
}

/** The conversation of a contact; in a room each person has their own. */
export function conversationOf({ contact, room }: Chat): string {
  const ids = room === undefined ? [contact] : [room, contact];
  return `${channelName}:${ids.map(encodeURIComponent).join('/')}`;
}

/** The chat of a conversation. */
export function chatOf(conversation: string): Chat {
  const ids = conversation
    .slice(channelName.length + 1)
    .split('/')
    .map(decodeURIComponent);
  const contact = ids.at(-1) ?? '';
  const [room] = ids;
  return ids.length < 2 || room === undefined ? { contact } : { contact, room };
}
