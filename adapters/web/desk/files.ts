/** Types of files that consultants may send, with the ending that a name gets which has none that fits. */
const types: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'application/zip': 'zip',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** Types that a browser may show in the page: none of them can hold a script. */
const shown = /^image\/(png|jpeg|gif|webp)$/;

const longestName = 120;

/** The type of a `Content-Type` header, when files of it may be sent. */
export function sendableType(header: string | undefined): string | undefined {
  const type = header?.split(';')[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(types, type) ? type : undefined;
}

/** A name without folders, control and bidirectional characters, with an ending. */
export function safeName(given: string, type: string): string {
  const bare = given
    .toWellFormed()
    .replaceAll(/[\p{C}\u202a-\u202e\u2066-\u2069]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/^[.\s]+/g, '')
    .trim();
  const name = bare || 'file';
  const ending = types[type];
  const dot = name.lastIndexOf('.');
  const [stem, own] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${[...stem].slice(0, longestName).join('')}${own.slice(0, 10) || (ending ? `.${ending}` : '')}`;
}

/** The headers of a stored file: images are shown, everything else is only saved. */
export function fileHeaders({ name, type }: { readonly name: string; readonly type: string }): Record<string, string> {
  const isShown = shown.test(type);
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    'Content-Type': isShown ? type : 'application/octet-stream',
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
}
