import { describe, expect, it } from 'vitest';
import { contains, readPick } from '../../src/core/conversation/pick.ts';

const labels = ['Mainland China', 'Hong Kong, Macau or Taiwan', 'Elsewhere', 'Not sure'];

describe('a choice from a numbered list', () => {
  it.each([
    '2',
    '２',
    '②',
    '2.',
    '2)',
    '(2)',
    '#2',
    '2️⃣',
    '二',
    '两',
    '选2',
    '选二',
    '第二个',
    '第2个',
    '第二项',
    '选项2',
    '2号',
    '我选2',
    'second',
    'the second',
    'the second one',
    'two',
    'number 2',
    'No. 2',
    'option two',
    '2nd',
    '2 please',
    'Hong Kong, Macau or Taiwan',
    'hong kong macau or taiwan',
    'HONG KONG, MACAU OR TAIWAN',
  ])('is meant by %s', (text) => {
    expect(readPick(text, labels)).toEqual([1]);
  });

  it.each(['last', 'the last one', '最后一个', '最后'])('can be the last one: %s', (text) => {
    expect(readPick(text, labels)).toEqual([3]);
  });

  it.each(['', 'Hong Kong', 'no one', 'how much is 2 years', '2 or 3', 'one of these is wrong', '一下', '什么'])(
    'is not meant by "%s"',
    (text) => {
      expect(readPick(text, labels)).toBeUndefined();
    },
  );

  it.each(['0', '5', '十一', 'ninth'])('out of range is recognised as such: %s', (text) => {
    expect(readPick(text, labels)).toEqual([]);
  });

  it('means nothing where there is no list', () => {
    expect(readPick('the last one', [])).toBeUndefined();
    expect(readPick('2', [])).toEqual([]);
  });

  it('counts past ten', () => {
    const many = Array.from({ length: 19 }, (_, at) => `Place ${at + 1}`);
    expect(['11', '十一', '第十九个'].map((text) => readPick(text, many))).toEqual([[10], [10], [18]]);
  });

  it.each(['1,3', '1 3', '1、3', '1和3', '1 and 3', '3，1', '1 1 3', '一和三'])(
    'may be several where several are allowed: %s',
    (text) => {
      expect(readPick(text, labels, true)?.toSorted()).toEqual([0, 2]);
    },
  );
});

describe('a word in a text', () => {
  it('is found whole in Latin script, anywhere in Chinese, also where the two touch', () => {
    expect([
      contains('we host in HK', 'hk'),
      contains('放在hk的', 'HK'),
      contains('thanks', 'hk'),
      contains('服务器在香港', '香港'),
      contains('hkhk hk', 'hk'),
      contains('', 'hk'),
    ]).toEqual([true, true, false, true, true, false]);
  });
});
