/** Pictures that show themselves and do nothing else: no SVG. */
const kinds = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/bmp',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/rtf',
  'application/zip',
  'application/x-zip-compressed',
  'text/plain',
  'text/csv',
]);

/** True for a MIME type that may be carried between a visitor and a consultant. */
export function isCarried(type: string): boolean {
  const [kind = ''] = type.toLowerCase().split(';');
  return (
    kinds.has(kind.trim()) || /^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument)\./.test(kind)
  );
}
