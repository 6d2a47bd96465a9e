import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Command } from '../knowledge/phrases.ts';
import { plain } from './pick.ts';

type Phrases = Knowledge['phrases'];

/** The words of the commands, made plain once for each knowledge: there are some hundred, and every text is compared. */
const tables = new WeakMap<Phrases, ReadonlyMap<string, Command>>();

/** The command that the whole text is, in either language. */
export function commandIn({ phrases }: Pick<Knowledge, 'phrases'>, text: string): Command | undefined {
  const table = tables.get(phrases) ?? tableOf(phrases);
  tables.set(phrases, table);
  return table.get(plain(text));
}

function tableOf(phrases: Phrases): ReadonlyMap<string, Command> {
  const table = new Map<string, Command>();
  for (const { commands } of Object.values(phrases)) {
    for (const [name, words] of Object.entries(commands)) {
      for (const word of words.map(plain)) if (!table.has(word)) table.set(word, name as Command);
    }
  }
  return table;
}
