/** Where a text may end, the best place first: after a paragraph, a line, a sentence, a clause, a word. */
const ends: readonly RegExp[] = [/\n\n+/g, /\n+/g, /[。！？!?；;…]+[”’」』）)]*|[.](?=\s)/g, /[，、,：:]+|\s+/g];

/** What must stay in one piece: an address, or words that can be tapped. */
const whole = /<a\s[^>]*>[^<]*<\/a>|https?:\/\/[^\s\p{Script=Han}，。；！？、）」]+/gu;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * Cuts a text into pieces of at most `limit` bytes of UTF-8, at the best place beyond the first third of what fits. `tail`
 * stands below each piece but the last and counts. A character is never cut, a link only when it alone is too long.
 */
export function cut(text: string, limit: number, tail = ''): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (bytesOf(rest) > limit) {
    const room = limit - bytesOf(tail);
    const end = endWithin(rest, room);
    pieces.push(rest.slice(0, end).trimEnd() + tail);
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function endWithin(text: string, room: number): number {
  const most = lengthWithin(text, room);
  const links = [...text.slice(0, most + room).matchAll(whole)].map(({ 0: { length }, index }) => [
    index,
    index + length,
  ]);
  const isInLink = (at: number) => links.some(([from = 0, to = 0]) => from < at && at < to);
  const fitting = text.slice(0, most);
  for (const end of ends) {
    const places = [...fitting.matchAll(end)].map(({ 0: { length }, index }) => index + length);
    const best = places.findLast((at) => bytesOf(fitting.slice(0, at)) > room / 3 && !isInLink(at));
    if (best !== undefined) return best;
  }
  const link = links.find(([from = 0, to = 0]) => from < most && most < to);
  return link?.[0] ? link[0] : most;
}

/** How many UTF-16 units of whole characters fit; at least one character. */
function lengthWithin(text: string, room: number): number {
  let bytes = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    bytes += bytesOf(segment);
    if (bytes > room && index > 0) return index;
    // One character of very many code points has to be cut after all.
    if (bytes > room) return codePointsWithin(segment, room);
  }
  return text.length;
}

function codePointsWithin(text: string, room: number): number {
  let [bytes, length] = [0, 0];
  for (const point of text) {
    bytes += bytesOf(point);
    if (bytes > room) break;
    length += point.length;
  }
  return Math.max(length, 1);
}
