/** Does the jobs of one lane one after the other, in the order of the calls; lanes do not wait for one another. */
export type InOrder = <T>(lane: string, job: () => Promise<T>) => Promise<T>;

/** Creates lanes. */
export function createInOrder(): InOrder {
  const lanes = new Map<string, Promise<unknown>>();
  return (lane, job) => {
    const mine = (lanes.get(lane) ?? Promise.resolve()).then(job);
    const quiet = mine.then(
      () => undefined,
      () => undefined,
    );
    lanes.set(lane, quiet);
    void quiet.then(() => {
      if (lanes.get(lane) === quiet) lanes.delete(lane);
    });
    return mine;
  };
}
