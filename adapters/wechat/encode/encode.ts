import type { Choice, Outgoing } from '../../../src/core/message.ts';
import { words } from '../words.ts';
import { bytesOf, cut } from './cut.ts';
import { plain, safe } from './plain.ts';

/** Most bytes of one text message, passive or not. [developers.weixin.qq.com; developer.work.weixin.qq.com 96427] */
export const textBytes = 2048;

/** How a platform shows things. */
export interface Style {
  /** Choices can be tapped (`weixin://bizmsgmenu`). The number is printed all the same. */
  readonly clickable: boolean;
  /** A consultant can only answer when the visitor writes again. */
  readonly passive: boolean;
}

/** Messages that are said together, as texts that fit: the first to be sent now, each other one when asked for more. */
export function encode(messages: readonly Outgoing[], style: Style): readonly string[] {
  const last = messages.at(-1);
  if (!last) return [];
  // A number means a choice of the last menu, so no other is shown with numbers.
  const menu = messages.findLast(({ choices = [] }) => choices.length > 0);
  const texts = messages.map((message) => body(message, style));
  const numbered = (clickable: boolean) =>
    joined(messages.map((message, at) => joined([texts[at], message === menu && list(message, clickable)])));
  const tapped = style.clickable ? numbered(true) : '';
  const text = tapped !== '' && bytesOf(tapped) <= textBytes ? tapped : numbered(false);
  return cut(text, textBytes, `\n\n${words[last.language].more}`);
}

/** What tells a visitor that a consultant will answer. */
const promises: ReadonlySet<string> = new Set([
  'details.intro',
  'handoff.opened',
  'handoff.already',
  'handoff.reopened',
]);

/** A message without its choices; a file is named. */
export function body(message: Outgoing, { passive }: Pick<Style, 'passive'>): string {
  const { language, refs, source, feedback, file } = message;
  const own = words[language];
  // A file without words comes with its name as the text.
  const text = file?.name === message.text ? '' : message.text;
  if (refs.includes('consultant'))
    return own.consultant + joined([safe(text), file && own.file(oneLine(file.name))], '\n');
  const asked =
    feedback &&
    safe(`${feedback.ask}${language === 'en' ? ' ' : ''}${own.feedback(feedback.yes.label, feedback.no.label)}`);
  const waits = passive && refs.some((ref) => promises.has(ref));
  return joined([plain(text), waits && own.fetch, source && safe(source), asked]);
}

function list(message: Outgoing, clickable: boolean): string {
  const { language, multiple, choices = [] } = message;
  const own = words[language];
  const lines = choices.map((choice, at) => `${at + 1}. ${clickable ? tap(choice, at + 1) : oneLine(choice.label)}`);
  return [multiple ? own.pickSeveral : own.pick, ...lines].join('\n');
}

/** Words that say themselves when tapped; not documented, and what the official menu message turns into. */
function tap({ label }: Choice, number: number): string {
  const shown = oneLine(label).replaceAll('<', '＜');
  const said = shown.replace(/[%&<>"#?+ ]/g, (sign) => encodeURIComponent(sign));
  return `<a href="weixin://bizmsgmenu?msgmenucontent=${said}&msgmenuid=${number}">${shown}</a>`;
}

/** A label as it can be printed in a list. */
export function oneLine(label: string): string {
  return safe(label).replace(/\s+/g, ' ');
}

function joined(parts: readonly (string | false | undefined)[], gap = '\n\n'): string {
  return parts.filter(Boolean).join(gap);
}
