import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** A place that only one program can hold; it is free again when that one lets go or dies. */
export interface Place {
  leave(): void;
}

/**
 * Takes the place of the only program that works with the SQLite database in a folder. Undefined while another has it,
 * and where it cannot be taken. A lock of SQLite on a file of its own, since Node has none: the system lifts it with the
 * process, however that ends.
 */
export function takePlace(folder: string): Place | undefined {
  let file: Sqlite.Database | undefined;
  try {
    file = new Sqlite(join(folder, 'wenda.lock'), { timeout: 0 });
    file.exec('begin exclusive');
  } catch {
    file?.close();
    return undefined;
  }
  return { leave: () => file.close() };
}
