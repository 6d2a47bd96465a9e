import pg from 'pg';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { startPostgres } from '../postgres.ts';

/** False where PostgreSQL is the embedded one: it takes one connection, which the store has. */
export const isServer = Boolean(process.env['DATABASE_URL']);

/** A PostgreSQL database that can be made to refuse what a store writes. */
export interface FaultyPostgres {
  readonly url: string;
  open(): Promise<Store>;
  /** Asks the database past the store. */
  ask<Row>(query: string): Promise<Row[]>;
  /** Refuses to write rows of one conversation (`on`: `insert on events`) with an error code: always, or the first time. */
  refuse(on: string, conversation: string, code: string, times?: 'always' | 'once'): Promise<void>;
  /** How many transactions wrote the bot's lines of the conversations `name:...` last. */
  transactionsOf(name: string): Promise<number>;
  stop(): Promise<void>;
}

/** Creates a database with the tables of a store. */
export async function startFaulty(): Promise<FaultyPostgres> {
  const { url, connections, stop } = await startPostgres();
  const open = () => openStore({ databaseUrl: url, dataDir: '', connections });
  await (await open()).close();

  async function ask<Row>(query: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(query)).rows;
    } finally {
      await client.end();
    }
  }

  return {
    url,
    open,
    ask,
    async refuse(on, conversation, code, times = 'always') {
      const name = conversation.replace(':', '_');
      await ask(`
        create sequence ${name};
        create function ${name}() returns trigger language plpgsql as $$ begin
          if new.conversation = '${conversation}' and ${times === 'once' ? `nextval('${name}') = 1` : 'true'} then
            raise exception 'refused' using errcode = '${code}';
          end if;
          return new;
        end $$;
        create trigger ${name} before ${on} for each row execute function ${name}()`);
    },
    async transactionsOf(name) {
      const [row] = await ask<{ many: string }>(
        `select count(distinct xmin::text) as many from lines where conversation like '${name}:%' and author = 'bot'`,
      );
      return Number(row?.many);
    },
    stop,
  };
}

/** Names of conversations. */
export const ids = (name: string, many: number): readonly string[] =>
  Array.from({ length: many }, (_, number) => `${name}:${number}`);

/** What visitors see of these conversations. */
export const shown = (store: Store, conversations: readonly string[]) =>
  Promise.all(conversations.map(async (id) => (await store.transcript(id, 0, 100)).map(({ text }) => text)));
