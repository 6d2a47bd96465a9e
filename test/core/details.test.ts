import { describe, expect, test } from 'vitest';
import { confuses } from '../../src/core/conversation/confusion.ts';
import { detailsIn } from '../../src/core/conversation/found.ts';
import { inert, noteIn } from '../../src/core/conversation/inert.ts';

describe('how a visitor can be reached', () => {
  test.each([
    ['write to Amy.Lin+work@mail-example.co.uk please', 'Amy.Lin+work@mail-example.co.uk'],
    ['我的邮箱是amy@mail-example.com。', 'amy@mail-example.com'],
    ['call +44 20 7946 0000', '+44 20 7946 0000'],
    ['手机13800138000', '13800138000'],
    ['电话：+86 138-0013-8000', '+86 138-0013-8000'],
    ['１３８００１３８０００', '13800138000'],
    ['微信号：amy_lin88', '微信号:amy_lin88'],
    ['my WeChat ID is amylin', 'WeChat ID is amylin'],
    ['微信 amy-lin', undefined],
    ['加我微信amy_lin', '微信amy_lin'],
    ['is wechat payment possible?', undefined],
    ['wechat is blocked here', undefined],
    ['a WeChat mini program', undefined],
    ['京ICP备12345678号', undefined],
    ['it costs 13,800,138,000 yuan', undefined],
    ['from 2014-08-08 to 2016', undefined],
  ])('%s', (text, contact) => {
    expect(detailsIn(text).contact).toBe(contact);
  });
});

describe('the domain in question', () => {
  test.each([
    ['my site is Shop-Example.com', 'shop-example.com'],
    ['https://www.shop-example.com.cn/about?x=1', 'shop-example.com.cn'],
    ['网站是shop-example.cn，备案要多久', 'shop-example.cn'],
    ['shop.example.co.uk!', 'shop.example.co.uk'],
    ['xn--fiq228c.xn--fiqs8s', 'xn--fiq228c.xn--fiqs8s'],
    ['write to amy@mail-example.com', undefined],
    ['is baidu.com or mp.weixin.qq.com better?', undefined],
    ['as on beian.miit.gov.cn', undefined],
    ['we use node.js, e.g. index.html and ASP.NET', undefined],
    ['a .com or a .cn?', undefined],
    ['like baidu.com, but ours is shop-example.com', 'shop-example.com'],
    ['version 1.2.3 of 10.0.0.1', undefined],
  ])('%s', (text, domain) => {
    expect(detailsIn(text).domain).toBe(domain);
  });
});

test('texts made to be slow are not', () => {
  const parts = ['a', 'a.', 'a-', '+1 ', '1 ', ' ', '微信', 'wechat ', '@', 'a@a.', '13'];
  const texts = parts.flatMap((part) =>
    ['', 'wechat', '+1', 'a@'].map((head) => head + part.repeat(8_000 / part.length)),
  );
  const began = performance.now();
  for (const text of texts) detailsIn(text);
  expect(performance.now() - began).toBeLessThan(1_000);
});

describe('a reply about the wrong one of filing and licence', () => {
  test.each([
    [['how long does the ICP filing take?'], 'The licence takes 60 days.', true],
    [['备案要多久'], '许可证要60天', true],
    [['經營許可證怎麼辦'], '備案大約20天', true],
    [['do I need an ICP license?'], 'Your filing is done.', true],
    [['备案要多久'], '备案要20天', false],
    [['备案和许可证有什么区别'], '许可证要60天', false],
    [['备案要多久', '还有许可证'], '许可证要60天', false],
    [['how long does the ICP filing take?'], 'A filing is no licence.', false],
    [['how long does the ICP filing take?'], 'Please send the business license.', false],
    [['备案要多久'], '请发一下营业执照', false],
    [['备案要多久'], 'Good morning!', false],
    [[], '许可证要60天', false],
  ])('%s / %s', (heard, reply, confusing) => {
    expect(confuses(heard, reply)).toBe(confusing);
  });
});

describe('words of a person', () => {
  test('keep lines and emoji, lose control characters and turned directions, and end somewhere', () => {
    expect(inert('  a\r\nb\tc\u0007\u0000 \u202Egnp.exe\u2066 👨‍👩‍👧 \n')).toBe('a\nb\tc gnp.exe 👨‍👩‍👧');
    expect(inert('x'.repeat(20_000))).toHaveLength(10_000);
    expect(inert(`${'x'.repeat(9_999)}👍`).isWellFormed()).toBe(true);
  });

  test('are a note when they begin with two strokes, however these are typed', () => {
    expect(noteIn('// ask Tom')).toBe('ask Tom');
    expect(noteIn('／／问一下小王')).toBe('问一下小王');
    expect(noteIn('/ no')).toBeUndefined();
    expect(noteIn('see https://example.com')).toBeUndefined();
  });
});
