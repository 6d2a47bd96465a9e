import type { MatchableEntry } from '../../src/core/matching/build-index.ts';

/** A small library's questions, for tests of the matcher. */
export const faq: readonly MatchableEntry[] = [
  {
    id: 'opening',
    questions: {
      en: ['when are you open?', 'opening hours', 'are you open on Sunday', 'what time does the library close'],
      zh: ['图书馆几点开门', '开放时间', '周日开门吗', '晚上几点关门'],
    },
  },
  {
    id: 'card',
    questions: {
      en: ['how do I get a library card', 'apply for a reader card', 'what does a card cost', 'is the card free'],
      zh: ['怎么办借书证', '申请读者证', '借书证多少钱', '办证免费吗'],
    },
  },
  {
    id: 'renew',
    questions: {
      en: ['can I keep a book longer', 'extend the loan of a book', 'renew borrowed books', 'how often can I renew'],
      zh: ['可以续借吗', '书还没看完怎么续借', '续借几次', '延长借书时间'],
    },
  },
  {
    id: 'printing',
    questions: {
      en: ['is there a printer', 'can I print in colour', 'where do I print documents', 'price of printing a page'],
      zh: ['有打印机吗', '能彩色打印吗', '在哪里打印文件', '打印一页多少钱'],
    },
  },
  {
    id: 'wifi',
    questions: {
      en: ['is there wireless internet', 'wifi password', 'how do I connect my laptop to the network', 'free wifi'],
      zh: ['有无线网络吗', 'wifi密码是多少', '笔记本怎么上网', '免费无线'],
    },
  },
];
