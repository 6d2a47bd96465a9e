/** The password that the link of the start carried; it is taken out of the address at once. */
export function takeKey(): string | undefined {
  const url = new URL(location.href);
  const key = url.searchParams.get('key');
  if (key === null) return undefined;
  url.searchParams.delete('key');
  history.replaceState(null, '', url);
  return key;
}
