import { beforeAll, describe, expect, it } from 'vitest';
import { commandIn } from '../../src/core/conversation/command.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { shipped } from './knowledge.ts';

let knowledge: Knowledge;
beforeAll(async () => {
  ({ knowledge } = await shipped());
});

describe('a command', () => {
  it('is found by each of its words in either language, however it is written', () => {
    for (const { commands } of Object.values(knowledge.phrases)) {
      for (const [name, words] of Object.entries(commands)) {
        for (const word of words)
          expect([word, commandIn(knowledge, ` ${word.toUpperCase()}！`)]).toEqual([word, name]);
      }
    }
  });

  it('is the whole text', () => {
    expect(commandIn(knowledge, 'go back to China')).toBeUndefined();
    expect(commandIn(knowledge, '')).toBeUndefined();
  });

  it('is the first one of a word that stands twice', () => {
    const { en, zh } = knowledge.phrases;
    const own = { en: { ...en, commands: { ...en.commands, back: ['rewind'] } }, zh };
    const other = { ...own, zh: { ...zh, commands: { ...zh.commands, restart: ['Rewind!'] } } };
    expect(commandIn({ phrases: other }, 'rewind')).toBe('back');
  });

  it('is that of the phrases at hand', () => {
    const { en, zh } = knowledge.phrases;
    const own = { en: { ...en, commands: { ...en.commands, back: ['rewind'] } }, zh };
    expect(commandIn({ phrases: own }, 'rewind')).toBe('back');
    expect(commandIn(knowledge, 'rewind')).toBeUndefined();
  });
});
