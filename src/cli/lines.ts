/**
 * The lines of a stream as they arrive. Only `\n` (or `\r\n`) ends a line: node:readline would also end one at
 * U+2028, which occurs in copied text, and then there would be more answers than messages.
 */
export async function* linesOf(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/** A text without line ends and other runs of space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
