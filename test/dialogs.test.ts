import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { indexKnowledge } from '../src/core/knowledge/index-knowledge.ts';
import { differences, differenceText } from '../src/knowledge/dialog/compare.ts';
import { loadDialogs } from '../src/knowledge/dialog/load.ts';
import { replay } from '../src/knowledge/dialog/replay.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';

const dir = join(import.meta.dirname, '../knowledge');
const { knowledge, problems } = await loadKnowledge(dir, Date.UTC(2026, 10, 24));
const { files, problems: unreadable } = await loadDialogs(dir);
const index = knowledge && indexKnowledge(knowledge);

test('the knowledge and the dialogs are without problems', () => {
  expect([...problems, ...unreadable]).toEqual([]);
});

describe.each(files)('$file', ({ file, dialogs }) => {
  test.each(dialogs.map((dialog) => [dialog.title, dialog] as const))('%s', (_, dialog) => {
    const found = knowledge && index ? differences(dialog, replay(knowledge, index, dialog)) : [];
    expect(found.map((difference) => differenceText(file, difference)).join('\n')).toBe('');
  });
});
