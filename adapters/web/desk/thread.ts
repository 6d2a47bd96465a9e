import type { DeskLine, JournalItem, LineStatus } from '../../../src/ports.ts';
import { encodeMarkdown } from '../encode.ts';
import { factsOf } from './fact.ts';
import type { WireItem, WireSaid, WireState } from './wire.ts';

/** What the transcript shows better: these only tell where its lines belong. */
const spoken: ReadonlySet<string> = new Set(['visitor', 'bot']);
/** What becomes part of another item, or is no news. */
const silent: ReadonlySet<string> = new Set(['mark', 'consultant-edited', 'details', 'erased']);

/**
 * The thread of a conversation: its transcript, and what happened in its cases, in order. Both come in order; an item of
 * the journal that repeats words of the transcript ties the two together, otherwise the time decides.
 */
export function threadOf(lines: readonly DeskLine[], journal: readonly JournalItem[]): readonly WireItem[] {
  const replies = new Set(journal.filter(({ item }) => /^consultant/.test(item.kind)).map(({ at }) => at));
  const shown = lines.filter((line) => !isReply(line) || !replies.has(line.at));
  const status = new Map(lines.filter(isReply).map((line) => [line.at, line]));
  const thread: WireItem[] = [];
  let next = 0;
  const take = (isDue: (line: DeskLine) => boolean) => {
    for (let line = shown[next]; line && isDue(line); line = shown[next]) {
      thread.push(itemOfLine(line));
      next += 1;
    }
  };
  for (const entry of journal) {
    const tie = spoken.has(entry.item.kind) ? shown.findIndex((line, at) => at >= next && line.at === entry.at) : -1;
    if (tie >= 0) {
      take(() => next <= tie);
      take(({ at }) => at === entry.at);
    } else {
      take(({ at }) => at <= entry.at);
    }
    const item = itemOfJournal(entry, journal, status.get(entry.at));
    if (item) thread.push(item);
  }
  take(() => true);
  return thread;
}

function isReply({ author, message }: DeskLine): boolean {
  return author === 'consultant' && (!message || message.refs.includes('consultant'));
}

function itemOfLine(line: DeskLine): WireItem {
  const { id, at, author, text, message } = line;
  const common = { key: `line-${id}`, at };
  if (author === 'visitor') return { ...common, kind: 'visitor', text, ...factsOf(line.event) };
  const state = stateOf(line.status);
  const reason = line.reason === undefined ? {} : { reason: line.reason };
  if (isReply(line)) return { ...common, kind: 'reply', consultant: { id: '', name: '' }, text, state, ...reason };
  const words = { blocks: encodeMarkdown(message?.text ?? text), language: message?.language ?? 'en', state };
  if (author === 'consultant') return { ...common, kind: 'notice', ...words };
  return {
    ...common,
    kind: 'bot',
    ...words,
    choices: message?.choices?.map(({ label }) => label) ?? [],
    ...(message?.source !== undefined && { source: message.source }),
  };
}

function stateOf(status: LineStatus): WireState {
  if (status === 'shown') return 'delivered';
  return status === 'pending' ? 'sending' : status;
}

function itemOfJournal(
  { id, at, item }: JournalItem,
  journal: readonly JournalItem[],
  line: DeskLine | undefined,
): WireItem | undefined {
  const common = { key: `item-${id}`, at };
  if (spoken.has(item.kind) || silent.has(item.kind)) return undefined;
  if (item.kind !== 'consultant' && item.kind !== 'note') return { ...common, kind: 'event', item };
  const { consultant, text, origin, file } = item;
  const said = { consultant, ...(origin !== undefined && { origin }), ...(file && { file }) };
  const change = journal.findLast((later) => later.item.kind === 'consultant-edited' && later.item.origin === origin);
  const latest = origin !== undefined && change?.item.kind === 'consultant-edited' ? change.item : undefined;
  const words = latest ? changed(text, latest.text) : { text };
  if (item.kind === 'note') return { ...common, kind: 'note', ...said, ...words };
  return { ...common, kind: 'reply', ...said, ...words, ...arrived(origin, journal, line) };
}

function changed(before: string, after: string | undefined): Pick<WireSaid, 'text' | 'edited' | 'gone'> {
  return after === undefined ? { text: before, gone: true } : { text: after, edited: true };
}

/** Where a reply stands: the last mark on it, or its line where nothing was marked. */
function arrived(
  origin: string | undefined,
  journal: readonly JournalItem[],
  line: DeskLine | undefined,
): Pick<WireSaid, 'state' | 'reason'> {
  const last = journal.findLast(({ item }) => item.kind === 'mark' && item.origin === origin)?.item;
  if (origin !== undefined && last?.kind === 'mark' && line?.status !== 'discarded') {
    return { state: last.mark, ...(last.reason !== undefined && { reason: last.reason }) };
  }
  const reason = line?.reason === undefined ? {} : { reason: line.reason };
  return { state: line ? stateOf(line.status) : 'sending', ...reason };
}
