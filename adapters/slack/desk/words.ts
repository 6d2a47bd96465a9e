import type { Mark } from '../../../src/core/conversation/desk-item.ts';
import type { CaseReason } from '../../../src/core/conversation/effect.ts';
import type { Case } from '../../../src/ports.ts';
import type { Tongue } from '../words.ts';

/** Everybody at the desk sees the card and its thread, so both languages stand there. */
export const shared = {
  claim: 'Claim · 认领',
  resolve: 'Resolve · 结案',
  release: 'Release · 转回',
  transfer: 'Transfer · 转给同事',
  snooze: 'Snooze · 稍后提醒',
  inOneHour: '1 hour · 1 小时',
  inThreeHours: '3 hours · 3 小时',
  tomorrow: 'tomorrow at opening · 明天上班时',
  visitor: 'visitor · 访客',
  bot: 'bot · 机器人',
  internal: 'internal · 内部',
  webDesk: 'web desk · 网页工作台',
  visitorEdited: 'visitor changed a message · 访客修改了消息',
  visitorUnsaid: 'The visitor took a message back. · 访客撤回了一条消息。',
  edited: 'changed a reply · 修改了回复',
  unsaid: 'took a reply back · 撤回了回复',
  claimed: '{name} has claimed this. · {name} 已认领。',
  released: '{name} gave it back to the queue. · {name} 已转回队列。',
  resolved: '{name} has resolved this. · {name} 已结案。',
  transferred: '{name} transferred it to · {name} 已转给',
  snoozed: '{name} snoozed it until {time}. · {name} 已设为 {time} 再提醒。',
  withdrawn: 'The visitor needs nobody any more. · 访客不再需要顾问。',
  expired: 'Closed: the visitor did not answer any more. · 访客未再回复，已自动结案。',
  reopened: 'The visitor came back: the case is open again. · 访客再次来访，咨询已重新打开。',
  helpful: 'The visitor says that it helped. · 访客评价：有帮助。',
  unhelpful: 'The visitor says that it did not help. · 访客评价：没有帮助。',
  erased: 'The visitor had everything erased. · 访客已要求删除全部数据。',
  noQuestion: 'no question yet · 尚未提问',
  anonymous: 'anonymous · 未署名',
  channel: 'Channel · 渠道',
  reason: 'Why · 原因',
  contact: 'Contact · 联系方式',
  domain: 'Domain · 域名',
  holder: 'Consultant · 顾问',
  nobody: 'nobody yet · 尚无人认领',
  waitingSince: 'Waiting since · 等待起始',
  answered: 'answered · 已回复',
  snoozedUntil: 'Snoozed until · 提醒时间',
  allowance: 'May still be sent · 还可发送',
  allowanceUntil: '{left} until {time} · {left} 条，截至 {time}',
  noAllowance: 'nothing until the visitor writes · 访客再次发言前无法发送',
  rating: 'Rating · 评价',
  matched: 'What the bot matched · 机器人的匹配',
  answers: 'Questionnaire · 问卷',
  transcript: 'Transcript · 对话记录',
  writesChinese: 'The visitor writes Chinese. · 访客使用中文。',
  writesEnglish: 'The visitor writes English. · 访客使用英文。',
} as const;

/** Where a case stands. */
export const states: Readonly<Record<Case['status'], string>> = {
  waiting: 'Waiting · 待认领',
  claimed: 'Claimed · 处理中',
  resolved: 'Resolved · 已结案',
  withdrawn: 'Withdrawn · 已撤回',
};

/** Why a case was opened. */
export const reasons: Readonly<Record<CaseReason, string>> = {
  asked: 'asked for a person · 要求人工服务',
  entry: 'the subject needs a consultant · 此类问题由顾问处理',
  questionnaire: 'result of the questionnaire · 问卷结果',
  misses: 'the bot had no answer twice · 机器人两次未能回答',
  feedback: 'the answer did not help · 答案没有帮助',
};

/** What timers find. */
export const alerts = {
  unclaimed: 'Nobody has claimed this yet. · 尚无人认领。',
  'on-duty': 'Still unclaimed: please take over. · 仍无人认领，请值班同事处理。',
  'consultant-silent': 'The visitor is waiting for an answer. · 访客正在等待回复。',
  opening: 'Waiting since before opening. · 上班前已有访客等待。',
  'snooze-over': 'The snooze is over. · 提醒时间已到。',
  returned: 'The visitor is back. · 访客再次来访。',
} as const;

/** How a consultant's own message is marked. */
export const reactions: Readonly<Record<Mark, string>> = {
  waiting: 'hourglass_flowing_sand',
  delivered: 'white_check_mark',
  failed: 'x',
  uncertain: 'grey_question',
};

/** What one consultant alone is told, in their language. */
export const told = {
  en: {
    held: '{name} has this case.',
    heldBySomebody: 'Somebody else has this case.',
    'not-held': 'Claim the case first.',
    'not-held-holder': '{name} has this case; only {name} can do that.',
    over: 'This case is closed.',
    noSuchCase: 'This case is no longer kept.',
    internal: 'That stayed internal: the visitor does not see it. Claim the case to answer.',
    internalHolder: 'That stayed internal: {name} has this case.',
    internalOver: 'That stayed internal: the case is closed.',
    confusing:
      'Not sent: the visitor and your reply differ in 备案 (filing) and 许可证 (licence). Send it again if you mean it.',
    stranger: 'Only members of this channel who belong to this workspace can do that.',
    strangerTo: 'That person is not a member of this channel, or does not belong to this workspace.',
    unknown: 'Slack cannot say just now whether you are a member of this channel. Please try again in a moment.',
    failed: 'Not delivered: {reason} Write to the visitor another way, or send it again.',
    uncertain: 'It is not known whether this arrived: {reason} Ask the visitor before you send it again.',
    fileType: '{name} was not sent: only pictures, PDF, Office, text and ZIP files are carried.',
    fileSize: '{name} was not sent: files of up to 20 MB are carried.',
    fileLost: '{name} was not sent: Slack did not hand it over.',
    trouble: 'That did not work just now. Please try again.',
  },
  zh: {
    held: '此咨询由 {name} 处理。',
    heldBySomebody: '此咨询已由其他顾问处理。',
    'not-held': '请先认领此咨询。',
    'not-held-holder': '此咨询由 {name} 处理，只有 {name} 可以进行此操作。',
    over: '此咨询已结束。',
    noSuchCase: '此咨询已不再保存。',
    internal: '该消息仅内部可见，访客看不到。如需回复，请先认领。',
    internalHolder: '该消息仅内部可见：此咨询由 {name} 处理。',
    internalOver: '该消息仅内部可见：此咨询已结束。',
    confusing: '未发送：访客所说与您的回复在“备案”和“许可证”上不一致。如确认无误，请再发送一次。',
    stranger: '只有本频道中属于本工作区的成员可以进行此操作。',
    strangerTo: '对方不是本频道成员，或不属于本工作区。',
    unknown: '暂时无法向 Slack 核实您是否为本频道成员，请稍后再试。',
    failed: '未送达：{reason} 请用其他方式联系访客，或重新发送。',
    uncertain: '无法确认是否送达：{reason} 重新发送前请先向访客确认。',
    fileType: '{name} 未发送：仅支持图片、PDF、Office、文本和 ZIP 文件。',
    fileSize: '{name} 未发送：文件不能超过 20 MB。',
    fileLost: '{name} 未发送：未能从 Slack 取得该文件。',
    trouble: '操作未成功，请再试一次。',
  },
} as const;

/** A sentence for one consultant. */
export function tell(tongue: Tongue, what: keyof (typeof told)['en'], values: Readonly<Record<string, string>> = {}) {
  return fill(told[tongue === 'en' ? 'en' : 'zh'][what], values);
}

/** A sentence with its values. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
