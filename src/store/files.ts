import type { Store } from '../ports.ts';
import type { Database } from './database.ts';
import { plain } from './values.ts';

/** Files that people sent, kept with their conversation. */
export function createFiles({ db, write }: Database): Pick<Store, 'keepFile' | 'file'> {
  return {
    keepFile: ({ id, conversation, name, type, size, content }) =>
      write(conversation, async (transaction) => {
        await transaction
          .insertInto('files')
          .values({ id, conversation, name: plain(name), type: plain(type), size, content: Buffer.from(content) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
    file: (id) => db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst(),
  };
}
