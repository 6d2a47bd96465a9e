import type { Kysely } from 'kysely';
import type { DialectName } from './dialect.ts';
import type { Tables } from './tables.ts';

/** What is done inside one transaction. */
export type Job<T> = (transaction: Kysely<Tables>) => Promise<T>;

/** Something to be written in one conversation. */
export interface InConversation {
  readonly conversation: string;
}

/** Stands for the result of an item that is left to be written alone. */
export const apart = Symbol('apart');

/** What is done inside one transaction for several of a kind, of different conversations; gives a result for each. */
export type GroupJob<Item, Result> = (
  transaction: Kysely<Tables>,
  items: readonly Item[],
) => Promise<readonly (Result | typeof apart)[]>;

/** One of the two databases: how to read, and how to write in a durable transaction. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly dialect: DialectName;
  /** The channel through which the desk is told of cases, where it is one of its own. */
  readonly desk?: string | undefined;
  /** Runs a job in a transaction; jobs of one conversation run one after the other, in the order of the calls. */
  write<T>(conversation: string, job: Job<T>): Promise<T>;
  /**
   * Creates a way to write several of a kind in one transaction: those that wait while another such transaction runs,
   * one of each conversation, in the order of the calls. When it fails, each of them is written `alone`, through
   * `write`. SQLite has no need of it, since it commits all jobs together.
   */
  together?<Item extends InConversation, Result>(
    job: GroupJob<Item, Result>,
    alone: (item: Item) => Promise<Result>,
  ): (item: Item) => Promise<Result>;
  /** No other program works with this database, and none will until it is closed. */
  readonly sole: boolean;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
