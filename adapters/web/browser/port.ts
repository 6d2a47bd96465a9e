/** Between the loader on another site's page and the chat in its frame: over a port that only these two hold. */
export type FromLoader = { readonly open: boolean; readonly focus: boolean };
export type FromFrame = { readonly close: true } | { readonly unread: number };

/** The message with which the loader hands the port over. */
export const greeting = 'wenda';

/** The loader's port, when this page is in a frame of it. Ask before the page has loaded: then the port is sent. */
export function takePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    addEventListener('message', ({ source, data, ports: [port] }) => {
      if (source === parent && data === greeting && port) resolve(port);
    });
  });
}
