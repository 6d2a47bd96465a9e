/** Lets streams sleep until their conversation has something new. */
export interface Wakes {
  /** Wakes every stream of this conversation. */
  ring(conversation: string): void;
  listen(conversation: string): Bell;
  /** Ends every stream. */
  end(): void;
}

/** One stream's ear. A ring between two waits is not lost: the next wait returns at once. */
export interface Bell {
  /** Resolves at the next ring, or after `ms`; tells whether it rang. */
  wait(ms: number): Promise<boolean>;
  /** True when no more is to be sent. */
  ended(): boolean;
  /** Ends this stream; may be called again. */
  end(): void;
}

export function createWakes(): Wakes {
  const bells = new Map<string, Set<{ ring(): void; end(): void }>>();

  return {
    ring: (conversation) => {
      for (const bell of bells.get(conversation) ?? []) bell.ring();
    },
    end: () => {
      for (const bell of [...bells.values()].flatMap((set) => [...set])) bell.end();
    },
    listen: (conversation) => {
      let rung = false;
      let ended = false;
      let wake = () => {};
      const bell = {
        ring: () => {
          rung = true;
          wake();
        },
        end: () => {
          ended = true;
          bell.ring();
          set.delete(bell);
          if (set.size === 0 && bells.get(conversation) === set) bells.delete(conversation);
        },
        ended: () => ended,
        wait: async (ms: number) => {
          if (!rung) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, ms);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          const rang = rung;
          rung = ended;
          return rang;
        },
      };
      const set = bells.get(conversation) ?? new Set();
      bells.set(conversation, set.add(bell));
      return bell;
    },
  };
}
