import { useState } from 'preact/hooks';
import type { AttachedFile } from '../../../../../src/core/message.ts';
import type { Desk } from '../desk.ts';

/** The file that goes with the next reply. */
export interface Attachment {
  readonly file: AttachedFile | undefined;
  /** It is being uploaded. */
  readonly busy: boolean;
  take(file: File): Promise<void>;
  clear(): void;
}

export function useAttachment(desk: Desk): Attachment {
  const [file, setFile] = useState<AttachedFile>();
  const [busy, setBusy] = useState(false);
  return {
    file,
    busy,
    take: async (chosen) => {
      setBusy(true);
      const kept = await desk.upload(chosen);
      setBusy(false);
      if (kept) setFile(kept);
    },
    clear: () => setFile(undefined),
  };
}
