import type { Json, Shown } from './index.ts';

/** How a message of a menu (菜单消息) reads: head, one item a line, tail. Items: `{id, content}` or kf's `{type, click…}`. */
export function menuMessage(menu: Json): Pick<Shown, 'text' | 'links'> {
  const links: { words: string; target: string }[] = [];
  const lines = [menu['head_content']];
  for (const item of Array.isArray(menu['list']) ? (menu['list'] as Json[]) : []) {
    const type = item['type'];
    const inner = (typeof type === 'string' ? item[type] : item) as Json;
    const words = String(inner['content'] ?? '');
    lines.push(words);
    if (type === 'view') links.push({ words, target: String(inner['url']) });
    else if (type === undefined || type === 'click') links.push({ words, target: `menu:${inner['id']}` });
  }
  lines.push(menu['tail_content']);
  return { text: lines.filter((line) => typeof line === 'string' && line !== '').join('\n'), links };
}
