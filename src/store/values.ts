/** Text as both databases can hold it: PostgreSQL takes no NUL, and neither half of a surrogate pair. */
export function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** A moment as both databases can hold it: platforms and pauses bring fractions of a millisecond. */
export function whole(ms: number): number {
  return Math.trunc(ms);
}
