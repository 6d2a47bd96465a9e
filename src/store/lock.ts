import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** A folder that only one program can lock; it is free again when that one unlocks it or dies. */
export interface Lock {
  unlock(): void;
}

/**
 * Locks the folder of a SQLite database for the only program that works with it. Undefined while another has it locked,
 * and where it cannot be locked. The lock is one of SQLite on a file of its own, since Node has none: the system lifts it
 * with the process, however that ends.
 */
export function lockFolder(folder: string): Lock | undefined {
  let file: Sqlite.Database | undefined;
  try {
    file = new Sqlite(join(folder, 'wenda.lock'), { timeout: 0 });
    file.exec('begin exclusive');
  } catch {
    file?.close();
    return undefined;
  }
  return { unlock: () => file.close() };
}
