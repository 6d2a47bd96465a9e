import type { Delivery, Line, Store } from '../../src/ports.ts';

/** The part of a store that the web chat meets, in memory. */
export type SmallStore = Pick<Store, 'transact' | 'claim' | 'settle' | 'transcript'>;

export function createMemoryStore(): SmallStore {
  const seen = new Set<string>();
  const lines: { -readonly [K in keyof Line]: Line[K] }[] = [];
  const outbox: Delivery[] = [];
  const positions = new Map<string, number>();
  const nextPosition = (conversation: string) => {
    const position = (positions.get(conversation) ?? 0) + 1;
    positions.set(conversation, position);
    return position;
  };
  let id = 0;
  return {
    transact: async ({ key, conversation, at }, work) => {
      if (seen.has(key)) return 'seen';
      seen.add(key);
      const { line, effects } = work({ state: undefined });
      if (line) {
        id += 1;
        lines.push({ id, conversation, at, ...line, status: 'shown', position: nextPosition(conversation), key });
      }
      for (const effect of effects) {
        if (effect.type === 'forget') {
          for (let index = lines.length - 1; index >= 0; index -= 1) {
            if (lines[index]?.conversation === conversation) lines.splice(index, 1);
          }
        }
        if (effect.type !== 'say' && effect.type !== 'relay') continue;
        const author = effect.type === 'say' ? 'bot' : 'consultant';
        const { message } = effect;
        id += 1;
        lines.push({
          id,
          conversation,
          at,
          author,
          text: message.text,
          message,
          status: 'pending',
          position: null,
          key,
        });
        outbox.push({ id, conversation, author, message, attempts: 0, key: `${key}:${id}` });
      }
      return 'applied';
    },
    claim: async () => outbox.splice(0),
    settle: async (delivery) => {
      const line = lines.find((one) => one.id === delivery.id);
      if (!line) return;
      line.status = 'shown';
      line.position = nextPosition(line.conversation);
    },
    transcript: async (conversation, after, limit) =>
      lines
        .filter((line) => line.conversation === conversation && line.position !== null && line.position > after)
        .sort((one, other) => (one.position ?? 0) - (other.position ?? 0))
        .slice(0, limit)
        .map((line) => ({ ...line })),
  };
}
