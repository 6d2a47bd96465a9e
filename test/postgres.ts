import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

/** An empty PostgreSQL database for one test file. */
export interface TestPostgres {
  readonly url: string;
  /** Connections that may be open at once. */
  readonly connections: number;
  stop(): Promise<void>;
}

/** A new database on the server of `DATABASE_URL`, or an embedded PostgreSQL when that is unset. */
export async function startPostgres(): Promise<TestPostgres> {
  const server = process.env['DATABASE_URL'];
  return server ? createDatabase(server) : startEmbedded();
}

async function createDatabase(server: string): Promise<TestPostgres> {
  const name = `wenda_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, connections: 10, stop: () => onServer(server, `drop database ${name} with (force)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function startEmbedded(): Promise<TestPostgres> {
  const db = await PGlite.create();
  // The embedded server runs one session; several sockets share it, so no more than one transaction may be open.
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 1 });
  await server.start();
  const at = server.getServerConn();
  return {
    url: `postgres://postgres@${at}/postgres`,
    connections: 1,
    async stop() {
      await server.stop();
      await db.close();
    },
  };
}
