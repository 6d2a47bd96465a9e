import type { Language } from '../../../src/core/message.ts';

const en = {
  title: 'Wenda',
  tagline: 'Sourced answers',
  you: 'You',
  consultant: 'Consultant',
  log: 'Conversation',
  language: 'Language',
  close: 'Close the chat',
  question: 'Your question',
  placeholder: 'Write your question…',
  keys: 'Enter sends. Shift and Enter start a new line.',
  send: 'Send',
  suggestions: 'Suggested answers',
  suggested: (count: number) =>
    `${count} ${count === 1 ? 'suggestion' : 'suggestions'}. Arrow keys choose one, Enter takes it.`,
  typing: 'Wenda is writing…',
  loading: 'Opening the conversation…',
  lost: 'No connection. What you write is kept and sent as soon as it is back.',
  slow: 'That was quick. Your message will be sent in a moment.',
  waiting: 'Waiting to be sent',
  refused: 'This message could not be sent.',
  tooLong: 'This message is too long. Please send it in parts.',
  edit: 'Edit',
  remove: 'Remove',
  save: 'Save the file',
  newest: 'To the newest message',
  choices: 'Choices',
  chosen: 'chosen',
  confirm: 'Confirm',
  today: 'Today',
  yesterday: 'Yesterday',
  left: (count: number) => `${count} ${count === 1 ? 'character' : 'characters'} left`,
  over: (count: number) =>
    `${count} ${count === 1 ? 'character' : 'characters'} too many. Please shorten the text or send it in parts.`,
  headline: 'Your questions about websites in China, answered',
  lead: 'Ask about ICP filings and licences, hosting, domains, Baidu, WeChat and payment. Every answer names its source and date; where we have none, a consultant takes over.',
  examplesTitle: 'Others ask',
  examples: [
    'How much does an ICP licence cost?',
    'Our shop is hosted in Korea. Do we need an ICP?',
    'Can we use a CDN inside China without an ICP?',
  ],
  smallPrint: 'General information, not legal advice.',
};

const zh: typeof en = {
  title: '问答',
  tagline: '每个答案都有出处',
  you: '您',
  consultant: '顾问',
  log: '对话',
  language: '语言',
  close: '关闭对话',
  question: '您的问题',
  placeholder: '请输入您的问题…',
  keys: '按回车键发送，按 Shift 加回车键换行。',
  send: '发送',
  suggestions: '您可能想问',
  suggested: (count) => `有 ${count} 条建议，按上下键选择，按回车键确认。`,
  typing: '正在回复…',
  loading: '正在打开对话…',
  lost: '网络已断开。您写的内容会保留，恢复连接后自动发送。',
  slow: '您发得有点快，消息稍后会自动发出。',
  waiting: '等待发送',
  refused: '这条消息没能发出。',
  tooLong: '这条消息太长了，请分几次发送。',
  edit: '修改',
  remove: '删除',
  save: '保存文件',
  newest: '查看最新消息',
  choices: '选项',
  chosen: '已选',
  confirm: '确定',
  today: '今天',
  yesterday: '昨天',
  left: (count) => `还可输入 ${count} 字`,
  over: (count) => `超出 ${count} 字，请精简内容或分几次发送。`,
  headline: '关于中国网站与备案，您问，我们答',
  lead: 'ICP备案与许可证、服务器、域名、百度、微信、支付，都可以问。每个答案都注明来源和日期；没有现成答案时，由顾问接手。',
  examplesTitle: '大家常问',
  examples: ['ICP备案要多少钱？', '网店服务器在韩国，需要备案吗？', '没有备案，能用国内CDN吗？'],
  smallPrint: '以上内容为一般信息，不构成法律意见。',
};

/** Every word of the pages themselves; what the bot says comes from the server. */
export const labels: Readonly<Record<Language, typeof en>> = { en, zh };

export type Labels = typeof en;

/** The language for a tag such as `zh-TW` or `en-GB`; English for those that the bot does not speak. */
export function languageOf(tag: string | undefined): Language {
  return tag?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
