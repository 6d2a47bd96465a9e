import type { Knowledge } from '../../../src/core/knowledge/knowledge.ts';
import type { Api } from '../api/api.ts';

/** A button of the custom menu: a click, or a title with buttons below it. */
type Button =
  | { readonly type: 'click'; readonly name: string; readonly key: string }
  | { readonly name: string; readonly sub_button: readonly Button[] };

/** Buttons below a title at most, and how wide a phone shows them (a Chinese character takes two columns). */
const [mostBelow, columns] = [5, 14];

/** The custom menu (自定义菜单) for this knowledge: topics, the questionnaire, a person. Keys are ids of choices. */
export function menuOf({ phrases, questionnaires, entries }: Knowledge): { readonly button: readonly Button[] } {
  const used = new Set([...entries.values()].filter(({ status }) => status !== 'meta').map(({ topic }) => topic));
  const topics = Object.entries(phrases.zh.topics).filter(([topic]) => used.has(topic));
  const shown = topics.length > mostBelow ? topics.slice(0, mostBelow - 1) : topics;
  const below = shown.map(([topic, label]) => click(short(label), `topic:${topic}`));
  const all = shown.length < topics.length ? [click('全部话题', 'menu')] : [];
  const [questionnaire] = questionnaires.keys();
  return {
    button: [
      { name: '常见问题', sub_button: [...below, ...all] },
      ...(questionnaire === undefined ? [] : [click('自助判断', `questionnaire:${questionnaire}`)]),
      click('咨询顾问', 'consultant'),
    ],
  };
}

/** Writes the menu into the account. Throws what WeChat refuses. */
export async function createMenu(api: Api, knowledge: Knowledge): Promise<void> {
  await api.call('menu/create', menuOf(knowledge));
}

function click(name: string, key: string): Button {
  return { type: 'click', name, key };
}

/** A label that a phone shows whole: its first part where it is too wide. */
function short(label: string): string {
  const [first = label] = width(label) > columns ? label.split(/[与和、，]/u) : [label];
  let name = '';
  for (const character of first) if (width(name + character) <= columns) name += character;
  return name;
}

function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0);
}
