/** A pause that can be cut short. */
export interface Pause {
  /** Resolves after `ms`, or when `end` is called. */
  wait(ms: number): Promise<void>;
  end(): void;
}

export function createPause(): Pause {
  let end = () => {};
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}

/** How long to wait after so many failures in a row, ms: longer each time, 15 s at most, spread by chance. */
export function backoff(failures: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
}
