import { expect, test } from 'vitest';
import { readLocale } from '../../src/app/locale.ts';

const simplified = { language: 'zh', script: 'simplified' };
const traditional = { language: 'zh', script: 'traditional' };

test.each([
  ['en', { language: 'en' }],
  ['en-US', { language: 'en' }],
  ['zh', simplified],
  ['zh_CN', simplified],
  ['zh-SG', simplified],
  ['zh-TW', traditional],
  ['zh-HK', traditional],
  ['zh-Hant', traditional],
  ['zh-Hans-HK', simplified],
  ['yue', traditional],
  ['fr-FR', {}],
  ['C', {}],
  ['*', {}],
  ['', {}],
  [undefined, {}],
])('%s says %j', (tag, locale) => {
  expect(readLocale(tag)).toEqual(locale);
});
