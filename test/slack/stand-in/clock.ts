/** Slack's clock: real time, plus the jumps that a test makes. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Jumps forward; everything that falls due in between happens at once, in its order. */
  advance(ms: number): void;
}
