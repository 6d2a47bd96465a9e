import { plain } from '../conversation/pick.ts';
import type { Language } from '../message.ts';
import type { Finding, Sourced } from './finding.ts';
import { commands, type Phrases } from './phrases.ts';

/**
 * What is wrong with the phrases of both languages taken together: a word that means two commands (visitors may write
 * a command in either language), and topics that are named in one language only.
 */
export function checkPhrases(phrases: Readonly<Record<Language, Sourced<Phrases>>>): readonly Finding[] {
  return [
    ...ambiguousWords(Object.values(phrases)),
    ...unevenTopics(phrases.en, phrases.zh),
    ...unevenTopics(phrases.zh, phrases.en),
  ];
}

function ambiguousWords(all: readonly Sourced<Phrases>[]): readonly Finding[] {
  const meaning = new Map<string, string>();
  return all.flatMap(({ file, value }) =>
    commands.flatMap((command) =>
      value.commands[command].flatMap((word, position): readonly Finding[] => {
        const other = meaning.get(plain(word));
        if (other === undefined) meaning.set(plain(word), command);
        if (other === undefined || other === command) return [];
        const path = ['commands', command, position];
        const message = `"${word}" already means "${other}"`;
        return [{ file, path, level: 'error', message, remedy: 'keep it with one of the two commands' }];
      }),
    ),
  );
}

function unevenTopics(one: Sourced<Phrases>, other: Sourced<Phrases>): readonly Finding[] {
  return Object.keys(one.value.topics).flatMap((topic) =>
    topic in other.value.topics
      ? []
      : {
          file: one.file,
          path: ['topics', topic],
          level: 'warning' as const,
          message: `the topic "${topic}" has no name in ${other.file}`,
          remedy: 'name it there too',
        },
  );
}
