import { METHODS } from '../platform.ts';
import type { Limits } from './index.ts';

const DEFAULTS: Limits = { burst: 5, perSecond: 1, workspacePerMinute: Infinity, connectionsPerMinute: 50 };

/** Seconds that a call must wait for, or 0. */
export type Pace = (method: string, channel: string | undefined, now: number) => number;

/** Slack's rate limits: a window of a minute for each method, and about a message a second for each channel. */
export function createPace(limits: false | Partial<Limits> | undefined): Pace {
  if (limits === false) return () => 0;
  const { burst, perSecond, workspacePerMinute, connectionsPerMinute } = { ...DEFAULTS, ...limits };
  const windows = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();

  function window(key: string, most: number, now: number): number {
    const recent = (windows.get(key) ?? []).filter((at) => at > now - 60_000);
    const oldest = recent[0];
    windows.set(key, recent);
    if (recent.length >= most && oldest !== undefined) return Math.max(1, Math.ceil((oldest + 60_000 - now) / 1000));
    recent.push(now);
    return 0;
  }

  function bucket(channel: string, now: number): number {
    const before = buckets.get(channel) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, before.tokens + ((now - before.at) / 1000) * perSecond);
    if (tokens < 1) {
      buckets.set(channel, { tokens, at: now });
      return Math.max(1, Math.ceil((1 - tokens) / perSecond));
    }
    buckets.set(channel, { tokens: tokens - 1, at: now });
    return 0;
  }

  return (method, channel, now) => {
    const tier = METHODS[method]?.perMinute;
    if (method === 'apps.connections.open') return window(method, connectionsPerMinute, now);
    if (tier !== 'post') return tier === undefined ? 0 : window(method, tier, now);
    return (
      bucket(channel ?? '', now) || (workspacePerMinute === Infinity ? 0 : window(method, workspacePerMinute, now))
    );
  };
}
