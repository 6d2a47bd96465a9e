/** A memory of the last few things: what is older is forgotten. For what may be lost without harm. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** Creates a memory for `most` things. */
export function createRecent<Value>(most: number): Recent<Value> {
  const values = new Map<string, Value>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      if (values.size <= most) return;
      const [oldest] = values.keys();
      if (oldest !== undefined) values.delete(oldest);
    },
    delete: (key) => values.delete(key),
  };
}

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
