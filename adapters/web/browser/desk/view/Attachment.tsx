import type { AttachedFile } from '../../../../../src/core/message.ts';
import { api } from '../api.ts';

/** A file of the thread: an image is shown, everything else is offered for saving. */
export function Attachment({ file }: { readonly file: AttachedFile }) {
  const url = api.fileUrl(file.id);
  const isImage = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
  return (
    <p class="attachment">
      {isImage && <img src={url} alt="" loading="lazy" />}
      <a href={url} download={file.name}>
        {file.name}
      </a>{' '}
      <small>{sizeText(file.size)}</small>
    </p>
  );
}

/** A size in bytes, for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
