import { backoff } from '../pause.ts';
import { api } from './api.ts';

/** Calls `changed` whenever something at the desk changed, for as long as the page lives; ends with the function. */
export function listen(changed: () => void, connected: (yes: boolean) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = () => {
    clearTimeout(timer);
    source = new EventSource(api.streamUrl());
    source.addEventListener('change', () => {
      failures = 0;
      connected(true);
      changed();
    });
    source.addEventListener('error', () => {
      source?.close();
      failures += 1;
      // The first break is often only the server's renewal of the stream.
      if (failures > 1) connected(false);
      // Asking tells whether the session is over.
      if (failures > 1) changed();
      timer = setTimeout(open, backoff(failures));
    });
  };
  const hurry = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    failures = 0;
    open();
  };
  addEventListener('online', hurry);
  open();
  return () => {
    removeEventListener('online', hurry);
    clearTimeout(timer);
    source?.close();
  };
}
