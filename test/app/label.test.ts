import { beforeAll, expect, test } from 'vitest';
import { labelOf } from '../../src/app/label.ts';
import { newState } from '../../src/core/conversation/state.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { shipped } from '../core/knowledge.ts';

let knowledge: Knowledge;
beforeAll(async () => {
  ({ knowledge } = await shipped());
});

test('a choice of an earlier message is written in its words, not as an id', () => {
  const label = (choice: string) => [
    labelOf(knowledge, newState('en'), choice),
    labelOf(knowledge, newState('zh'), choice),
  ];
  expect(label('option:icp-check:host:mainland')).toEqual(['Mainland China', '中国大陆']);
  expect(label('entry:icp-cost')).toEqual(['Cost of an ICP', 'ICP备案费用']);
  const ids = [
    'questionnaire:icp-check',
    'back',
    'cancel',
    'restart',
    'resume',
    'none',
    'withdraw',
    'consultant',
    'menu',
  ];
  for (const words of ids.flatMap(label)) expect(words).not.toMatch(/^[a-z:-]+$/);
});

test('a choice of knowledge that is gone is its id', () => {
  expect(labelOf(knowledge, newState('en'), 'option:icp-check:host:moon')).toBe('option:icp-check:host:moon');
});
