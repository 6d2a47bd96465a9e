/** An item that waits; it can be settled with the promise of its result. */
export interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result | PromiseLike<Result>): void;
  reject(reason: unknown): void;
}

/** Does together what waits at the same moment: while one group is under way, the next one collects. */
export interface Group<Item, Result> {
  add(item: Item): Promise<Result>;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

/**
 * Creates a group of at most `most` items, of which no two are in the same lane. `together` settles each of them; when
 * it rejects, those that are left are rejected with it.
 */
export function createGroup<Item, Result>(options: {
  readonly most: number;
  laneOf?(item: Item): string;
  together(group: readonly Waiting<Item, Result>[]): Promise<void>;
}): Group<Item, Result> {
  const { most, laneOf, together } = options;
  let queue: Waiting<Item, Result>[] = [];
  let working: Promise<void> | undefined;

  /** The oldest that wait; who shares a lane with one of them stays behind, and so keeps its order. */
  function take(): readonly Waiting<Item, Result>[] {
    const lanes = new Set<unknown>();
    const group: Waiting<Item, Result>[] = [];
    queue = queue.filter((waiting) => {
      const lane = laneOf ? laneOf(waiting.item) : waiting;
      if (group.length === most || lanes.has(lane)) return true;
      lanes.add(lane);
      group.push(waiting);
      return false;
    });
    return group;
  }

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const group = take();
      await together(group).catch((error: unknown) => {
        for (const { reject } of group) reject(error);
      });
    }
    working = undefined;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        // A turn of the event loop lets everything that arrived together join the group.
        working ??= new Promise<void>((begin) => setImmediate(begin)).then(work);
      }),
    async idle() {
      await working;
    },
  };
}
