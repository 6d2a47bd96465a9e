import { expect, test } from 'vitest';
import { homophones, traditional, typos } from '../../eval/slips.ts';

const text = 'how long does it take until the filing of our website in china is done and visible to everybody';

test('typos change a few letters, the same way each time', () => {
  const changed = typos(text.repeat(5));
  expect(changed).toBe(typos(text.repeat(5)));
  expect(changed).not.toBe(text.repeat(5));
  expect(Math.abs(changed.length - text.length * 5)).toBeLessThan(20);
  expect(typos('备案要多久？')).toBe('备案要多久？');
});

test('traditional script changes characters and words', () => {
  expect(traditional('网站备案需要什么材料')).toBe('網站備案需要什麼材料');
});

test('homophones keep the sound and the length', () => {
  const slip = homophones(['在再做作事是时式']);
  const changed = slip('在做是事'.repeat(10));
  expect(changed).not.toBe('在做是事'.repeat(10));
  expect(changed).toHaveLength(40);
  expect([...changed].every((character) => '在再做作事是时式'.includes(character))).toBe(true);
  expect(slip('电话')).toBe('电话');
});
