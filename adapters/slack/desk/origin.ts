/** A message that a consultant wrote in the desk's channel. */
export interface Written {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
}

/** The id by which marks and changes find a consultant's message again. */
export function originOf({ channel, ts, user }: Written): string {
  return `slack:${channel}:${ts}:${user}`;
}

/** Reads such an id; undefined when it is of another surface. */
export function readOrigin(origin: string): Written | undefined {
  const [, channel, ts, user] = /^slack:([CG][A-Z0-9]+):(\d+\.\d+):([UW][A-Z0-9]+)$/.exec(origin) ?? [];
  return channel && ts && user ? { channel, ts, user } : undefined;
}
