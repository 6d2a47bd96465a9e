/** The database cannot do its work. The message is one sentence with the remedy; nothing was written. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

const sentences: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'The disk is full: free some space, nothing that was said is lost.',
  SQLITE_BUSY: 'The database file is locked by another program: close it, or wait until it has finished.',
  SQLITE_LOCKED: 'The database file is locked by another program: close it, or wait until it has finished.',
  SQLITE_READONLY: 'The database file cannot be written: give the program write access to DATA_DIR.',
  SQLITE_CANTOPEN: 'The database file cannot be opened: check that DATA_DIR exists and is writable.',
  SQLITE_NOTADB: 'The database file is not a SQLite database: move it away or set another DATA_DIR.',
  SQLITE_CORRUPT: 'The database file is damaged: restore it from a backup.',
  SQLITE_IOERR: 'The disk reports an error: check the disk that holds DATA_DIR.',
  EACCES: 'The database file cannot be written: give the program write access to DATA_DIR.',
  EROFS: 'The database file cannot be written: its disk is read-only; set another DATA_DIR.',
  EEXIST: 'DATA_DIR is a file, not a folder: set another DATA_DIR.',
  ENOTDIR: 'DATA_DIR leads through a file, not a folder: set another DATA_DIR.',
  ENOSPC: 'The disk is full: free some space, nothing that was said is lost.',
  ECONNREFUSED: 'PostgreSQL does not answer: start it, or check host and port in DATABASE_URL.',
  ENOTFOUND: 'The host in DATABASE_URL is not known: check its spelling.',
  ETIMEDOUT: 'PostgreSQL does not answer in time: check the network and DATABASE_URL.',
  ECONNRESET: 'PostgreSQL closed the connection: it is tried again.',
  '28P01': 'PostgreSQL refused the password: check user and password in DATABASE_URL.',
  '28000': 'PostgreSQL refused the user: check the user in DATABASE_URL.',
  '3D000': 'The database in DATABASE_URL does not exist: create it with createdb.',
  '42501': 'The PostgreSQL user may not do this: grant it the right to create and write tables.',
  '53100': 'The disk of PostgreSQL is full: free some space, nothing that was said is lost.',
  '53300': 'PostgreSQL has no free connection: raise max_connections or stop other programs.',
  '57P01': 'PostgreSQL is shutting down: start it again.',
  '57P03': 'PostgreSQL is still starting: it is tried again.',
};

/** What the drivers say without a code. */
const remarks: readonly (readonly [RegExp, string])[] = [
  [/already been destroyed|is not open/, 'The store is closed: the program is stopping.'],
  [
    /timeout exceeded when trying|read timeout|connection terminated/i,
    'PostgreSQL does not answer in time: check the network and DATABASE_URL.',
  ],
];

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_[A-Z]+_/.test(code) ? code.split('_').slice(0, 2).join('_') : code;
}

/** A plain sentence for what a database driver threw. */
export function explain(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const known = sentences[codeOf(error)] ?? remarks.find(([pattern]) => pattern.test(detail))?.[1];
  return new StoreError(known ?? `The database refused its work: ${detail}.`, { cause: error });
}

/** True when running the same transaction again may succeed: PostgreSQL broke a deadlock or a serialization conflict. */
export function isPassing(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** True when another program holds the SQLite file. */
export function isLocked(error: unknown): boolean {
  return ['SQLITE_BUSY', 'SQLITE_LOCKED'].includes(codeOf(error));
}
