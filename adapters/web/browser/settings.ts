/** How the page was asked to open: by the address (`/chat?language=zh&title=...`) or by the browser. */
export interface Settings {
  /** BCP 47 tag; sent with every message. */
  readonly locale: string;
  readonly title: string | undefined;
}

export function readSettings(search: string): Settings {
  const query = new URLSearchParams(search);
  const forced = { en: 'en', zh: 'zh-CN' }[query.get('language') ?? ''];
  return { locale: forced ?? navigator.language, title: query.get('title')?.slice(0, 60) || undefined };
}
