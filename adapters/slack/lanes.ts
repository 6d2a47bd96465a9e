/** Runs work of one name in order, of different names side by side. */
export function createLanes(): <Result>(name: string, work: () => Promise<Result>) => Promise<Result> {
  const lanes = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const done = (lanes.get(name) ?? Promise.resolve()).then(work, work);
    const settled = done.catch(() => {});
    lanes.set(name, settled);
    settled.then(() => {
      if (lanes.get(name) === settled) lanes.delete(name);
    });
    return done;
  };
}
