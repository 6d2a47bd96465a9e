import type { Kysely } from 'kysely';
import type { DialectName } from './dialect.ts';
import type { Tables } from './tables.ts';

/** What is done inside one transaction. */
export type Job<T> = (transaction: Kysely<Tables>) => Promise<T>;

/** One of the two databases: how to read, and how to write in a durable transaction. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly dialect: DialectName;
  /** The channel through which the desk is told of cases, where it is one of its own. */
  readonly desk?: string | undefined;
  /** Runs a job in a transaction; jobs of one conversation run one after the other, in the order of the calls. */
  write<T>(conversation: string, job: Job<T>): Promise<T>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
