import { labelOf, type Part, type Span } from './markdown.ts';
import { fitting, size } from './text.ts';

/** How much of the limit of a message each part takes beside its words: gaps, signs of list items. */
const margin = 4;

/** Groups parts so that each group stays below `room`: between paragraphs where possible, otherwise inside them. */
export function split(parts: readonly Part[], room: number): readonly (readonly Part[])[] {
  const groups: Part[][] = [];
  let taken = room;
  for (const part of parts.flatMap((whole) => pieces(whole, room - margin))) {
    const needed = sizeOf(part) + margin;
    if (taken + needed > room) {
      groups.push([]);
      taken = 0;
    }
    groups.at(-1)?.push(part);
    taken += needed;
  }
  return groups;
}

/** The size of a part; of a link both the words and the address count. */
export function sizeOf(part: Part): number {
  const spans = part.kind === 'list' ? part.items.flatMap((item) => item.spans) : part.spans;
  return spans.reduce((sum, span) => sum + sizeOfSpan(span), 0);
}

function sizeOfSpan(span: Span): number {
  return size(labelOf(span)) + (span.type === 'link' ? size(span.url) : 0);
}

function pieces(part: Part, room: number): readonly Part[] {
  if (sizeOf(part) <= room) return [part];
  if (part.kind !== 'list') return chunks(part.spans, room).map((spans) => ({ ...part, spans }));
  return part.items.flatMap(({ number, spans }) =>
    chunks(spans, room).map((piece): Part => ({ ...part, items: [{ number, spans: piece }] })),
  );
}

function chunks(spans: readonly Span[], room: number): readonly (readonly Span[])[] {
  const done: Span[][] = [[]];
  let left = room;
  for (const span of spans.flatMap((whole) => shorter(whole, room))) {
    const needed = sizeOfSpan(span);
    if (needed > left) {
      done.push([]);
      left = room;
    }
    done.at(-1)?.push(span);
    left -= needed;
  }
  return done.filter((chunk) => chunk.length > 0);
}

/** A span that is too long, cut after a sentence, a word, or at worst a character. A link never loses its address. */
function shorter(span: Span, room: number): readonly Span[] {
  if (sizeOfSpan(span) <= room) return [span];
  if (span.type === 'link') {
    const label = labelOf(span);
    const kept = Math.max(0, room - size(span.url) - 1);
    return [{ ...span, text: `${label.slice(0, fitting(label, kept))}…` }];
  }
  const cuts: Span[] = [];
  let rest = span.text;
  while (size(rest) > room) {
    const most = fitting(rest, room);
    const head = rest.slice(0, most);
    const ends = [lastEnd(head, /[.!?;。！？；]\s*|\n/gu), lastEnd(head, /\s+/gu)];
    const end = ends.find((at) => at > most / 2) ?? most;
    cuts.push({ ...span, text: rest.slice(0, end) });
    rest = rest.slice(end);
  }
  return rest === '' ? cuts : [...cuts, { ...span, text: rest }];
}

function lastEnd(text: string, ending: RegExp): number {
  let last = 0;
  for (const found of text.matchAll(ending)) last = found.index + found[0].length;
  return last;
}
