/** Does together what waits at the same moment: while one group is under way, the next one collects. */
export interface Group<Item, Result> {
  add(item: Item): Promise<Result>;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

/** Creates a group of at most `most` items; when `together` rejects, every item of the group is rejected with it. */
export function createGroup<Item, Result>(
  most: number,
  together: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
): Group<Item, Result> {
  const queue: { readonly item: Item; settle(outcome: PromiseSettledResult<Result> | undefined): void }[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, most);
      const outcomes = await together(group.map(({ item }) => item)).catch((reason: unknown) =>
        group.map(() => ({ status: 'rejected', reason }) as const),
      );
      group.forEach(({ settle }, at) => {
        settle(outcomes[at]);
      });
    }
    working = undefined;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({
          item,
          settle: (outcome) => (outcome?.status === 'fulfilled' ? resolve(outcome.value) : reject(outcome?.reason)),
        });
        // A turn of the event loop lets everything that arrived together join the group.
        working ??= new Promise<void>((begin) => setImmediate(begin)).then(work);
      }),
    async idle() {
      await working;
    },
  };
}
