import type { Tray } from './tray.ts';

/** What a visitor did that lets us send: when (ms since 1970), as kept in the place of the conversation. */
export interface Place {
  /** The visitor's last message. */
  readonly message?: number;
  /** Its key: platforms give times in seconds, and every message opens a permission of its own. */
  readonly key?: string;
  /** The last click, follow or scan. */
  readonly action?: number;
  /** The visitor no longer follows the account. */
  readonly gone?: true;
}

/** What one kind of deed allows: so many messages for so long (ms). */
export type Permissions = Readonly<
  Partial<Record<'message' | 'action', { readonly count: number; readonly time: number }>>
>;

/** One permission that holds now. */
export interface Grant {
  readonly name: 'message' | 'action';
  /** Tells this permission from an earlier one. */
  readonly id: string;
  readonly left: number;
  readonly until: number;
}

/** Reads the place of a conversation. */
export function readPlace(place: string | undefined): Place {
  return place === undefined ? {} : (JSON.parse(place) as Place);
}

/** The permissions that hold at `now`, the one that ends first first. Those used up are left out. */
export function grants(permissions: Permissions, place: Place, { spent }: Tray, now: number): readonly Grant[] {
  if (place.gone) return [];
  return (['action', 'message'] as const).flatMap((name) => {
    const [since, permission] = [place[name], permissions[name]];
    if (since === undefined || permission === undefined) return [];
    const id = `${since} ${(name === 'message' && place.key) || ''}`;
    const used = spent[name]?.id === id ? spent[name].count : 0;
    const [left, until] = [permission.count - used, since + permission.time];
    return left > 0 && now < until ? [{ name, id, left, until }] : [];
  });
}

/** The tray after one message was sent on this permission; `all`: the platform says that nothing is left of it. */
export function spend(tray: Tray, { name, id, left }: Grant, all = false): Tray {
  const before = tray.spent[name]?.id === id ? tray.spent[name].count : 0;
  return { ...tray, spent: { ...tray.spent, [name]: { id, count: before + (all ? left : 1) } } };
}

/** The tray after the platform refused because nothing is left, whatever was counted here. */
export function spendAll(tray: Tray, held: readonly Grant[]): Tray {
  return held.reduce((next, grant) => spend(next, grant, true), tray);
}
