import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { keepStatements } from '../../src/store/statements.ts';

describe('kept statements', () => {
  it('prepares each statement once', () => {
    const database = keepStatements(new Sqlite(':memory:'));
    const statement = database.prepare('select ? as given');
    expect(database.prepare('select ? as given')).toBe(statement);
    expect([statement.all([1]), statement.all([2])]).toEqual([[{ given: 1 }], [{ given: 2 }]]);
  });

  it('keeps up with tables that change', () => {
    const database = keepStatements(new Sqlite(':memory:'));
    database.prepare('create table things (id integer primary key)').run([]);
    database.prepare('insert into things values (?)').run([1]);
    expect(database.prepare('select * from things').all([])).toEqual([{ id: 1 }]);
    database.prepare("alter table things add column name text default 'none'").run([]);
    expect(database.prepare('select * from things').all([])).toEqual([{ id: 1, name: 'none' }]);
  });

  it('does not keep more and more of them', () => {
    const database = keepStatements(new Sqlite(':memory:'));
    const first = database.prepare('select 0');
    for (let number = 1; number < 200; number++) database.prepare(`select ${number}`);
    expect(database.prepare('select 0')).toBe(first);
    database.prepare('select 200');
    expect(database.prepare('select 0')).not.toBe(first);
  });
});
