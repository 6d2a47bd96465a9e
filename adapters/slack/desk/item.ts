import type { KnownBlock, RichTextElement, RichTextSection } from '@slack/types';
import type { DeskItem } from '../../../src/core/conversation/desk-item.ts';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { CaseView } from '../../../src/ports.ts';
import type { Post } from '../encode/encode.ts';
import { elementsOf, type Part, partsOf, plainOf } from '../encode/markdown.ts';
import { split } from '../encode/split.ts';
import { clean, cut, escaped, limits } from '../encode/text.ts';
import { time, words } from './card.ts';
import { alerts, fill, shared } from './words.ts';

/** What the words of one message may take beside the line that says whose they are. */
const bodyRoom = 4_500;

/** What an item shows in the thread of its case. */
export interface Shown {
  readonly posts: readonly Post[];
  /** The channel is to see it too. */
  readonly broadcast?: true;
}

/** Encodes an item for the thread of its case; undefined when nothing of it is shown there. */
export function encodeItem(item: DeskItem, view: Pick<CaseView, 'facts' | 'consultant'>): Shown | undefined {
  switch (item.kind) {
    case 'visitor':
      return { posts: speech(`${nameOf(view)} · ${shared.visitor}`, literal(item.text)) };
    case 'visitor-edited':
      if (item.text === undefined) return event(shared.visitorUnsaid);
      return { posts: speech(`${nameOf(view)} · ${shared.visitorEdited}`, literal(item.text)) };
    case 'bot':
      return { posts: speech(shared.bot, partsOf(item.text)) };
    case 'consultant':
      if (isOurs(item.origin)) return undefined;
      return { posts: speech(`${item.consultant.name} · ${shared.webDesk}`, literal(item.text)) };
    case 'note':
      if (isOurs(item.origin)) return undefined;
      return { posts: speech(`${item.consultant.name} · ${shared.internal}`, literal(item.text)) };
    case 'consultant-edited':
      if (isOurs(item.origin)) return undefined;
      if (item.text === undefined) return event(`${words(item.consultant.name)}: ${shared.unsaid}`);
      return { posts: speech(`${item.consultant.name} · ${shared.edited}`, literal(item.text)) };
    case 'claimed':
    case 'released':
    case 'resolved':
      return event(fill(shared[item.kind], { name: words(item.consultant.name) }));
    case 'transferred':
      return event(
        `${fill(shared.transferred, { name: words(item.consultant.name) })} ${mention(item.to.id) ?? words(item.to.name)}`,
      );
    case 'snoozed':
      return event(fill(shared.snoozed, { name: words(item.consultant.name), time: time(item.until) }));
    case 'withdrawn':
    case 'expired':
      return event(shared[item.kind]);
    case 'reopened':
      return { ...event(shared.reopened), broadcast: true };
    case 'rated':
      return event(item.helpful ? shared.helpful : shared.unhelpful);
    case 'alert':
      return alarm(item, view.consultant);
    case 'paged':
    case 'details':
    case 'mark':
    case 'refused':
    case 'erased':
      return undefined;
  }
}

/** True when a consultant wrote it in Slack: it stands there already. */
export function isOurs(origin: string | undefined): boolean {
  return origin?.startsWith('slack:') === true;
}

/** Somebody's words, as they were written. */
export function literal(text: string): readonly Part[] {
  const words = clean(text);
  return words.trim() === '' ? [] : [{ kind: 'text', spans: [{ type: 'text', text: words }] }];
}

/** Words with a line before them that says whose they are; long ones go on in the next message. */
function speech(who: string, parts: readonly Part[]): readonly Post[] {
  const name = cut(who, limits.header);
  const label: RichTextElement = { type: 'text', text: name, style: { bold: true } };
  const groups = split(parts, bodyRoom);
  return (groups.length > 0 ? groups : [[]]).map((group): Post => {
    const head: RichTextSection = { type: 'rich_text_section', elements: [label] };
    const blocks = split(group, limits.section).map(
      (some): KnownBlock => ({ type: 'rich_text', elements: elementsOf(some) }),
    );
    return {
      text: escaped(cut(`${name}: ${plainOf(group)}`, limits.fallback)),
      blocks: [{ type: 'rich_text', elements: [head] }, ...blocks],
    };
  });
}

/** One line about what happened; `line` is mrkdwn in which all foreign words are inert. */
function event(line: string): Shown {
  return {
    posts: [{ text: line, blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: line, verbatim: true }] }] }],
  };
}

function alarm({ alert, mention: ids = [] }: DeskItem & { kind: 'alert' }, holder: Consultant | null): Shown {
  const called = ids.flatMap((id) => mention(id) ?? []).join(' ');
  const line = `${called} ${alerts[alert]}`.trim();
  // Who is concerned is called in the thread; what concerns everybody shows in the channel too.
  if (alert === 'returned') return event(line);
  if (alert !== 'consultant-silent') return { ...event(line), broadcast: true };
  const one = holder && mention(holder.id);
  return event(called === '' && one ? `${one} ${line}` : line);
}

/** Calls a person of Slack; the id is one that Slack gave, or that the owner configured. */
function mention(id: string): string | undefined {
  const user = /^slack:([UW][A-Z0-9]+)$/.exec(id)?.[1];
  return user && `<@${user}>`;
}

function nameOf({ facts }: Pick<CaseView, 'facts'>): string {
  return facts.name || shared.anonymous;
}
