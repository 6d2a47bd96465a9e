import type { DeskState } from './state.ts';

/** The case that the address names. */
export function opened(): Pick<DeskState, 'open'> {
  const id = /^#\/case\/(.+)$/.exec(location.hash)?.[1];
  return id === undefined ? {} : { open: decodeURIComponent(id) };
}

/** The password that the link of the start carried; it is taken out of the address at once. */
export function takeKey(): string | undefined {
  const url = new URL(location.href);
  const key = url.searchParams.get('key');
  if (key === null) return undefined;
  url.searchParams.delete('key');
  history.replaceState(null, '', url);
  return key;
}
