import type { Shown } from './index.ts';

/** What a tap on words says for the person: the text, and the id that comes with it. Throws when it opens a page instead. */
export function spoken({ words, target }: Shown['links'][number]): { readonly content: string; readonly id: string } {
  if (target.startsWith('menu:')) return { content: words, id: target.slice('menu:'.length) };
  if (!target.startsWith('weixin://bizmsgmenu?')) throw new Error(`"${words}" opens ${target}, it says nothing`);
  const query = new Map(
    target
      .slice(target.indexOf('?') + 1)
      .split('&')
      .map((part) => [part.slice(0, part.indexOf('=')), decodeURIComponent(part.slice(part.indexOf('=') + 1))]),
  );
  return { content: query.get('msgmenucontent') ?? '', id: query.get('msgmenuid') ?? '' };
}
