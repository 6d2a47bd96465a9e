/** Whether the chat was open on the page before: kept for this tab by the site that embeds it. */
const name = 'wenda';

export function remember(open: boolean): void {
  try {
    sessionStorage.setItem(name, open ? 'open' : 'closed');
  } catch {
    // Without storage the chat begins closed on the next page.
  }
}

/** Undefined when the chat was not used in this tab. */
export function remembered(): boolean | undefined {
  try {
    const kept = sessionStorage.getItem(name);
    return kept === null ? undefined : kept === 'open';
  } catch {
    return undefined;
  }
}
