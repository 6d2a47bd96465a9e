import type { Tongue } from '../words.ts';
import { fill } from './words.ts';

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
      'Not sent: the visitor speaks only of the one of “ICP filing” (备案) and “ICP licence” (许可证), your reply only of the other. Send it again if you mean it.',
    stranger: 'Only members of this channel who belong to this workspace can do that.',
    strangerTo: 'That person is not a member of this channel, or does not belong to this workspace.',
    unknown: 'Slack cannot say just now whether you are a member of this channel. Please try again in a moment.',
    failed: 'Not delivered: {reason} Try another way (their contact is on the card), or send it again.',
    uncertain: 'It is not known whether this arrived: {reason} Ask the visitor before you send it again.',
    fileType: '{name} was not sent: only pictures, PDF, Office, text and ZIP files are carried.',
    fileSize: '{name} was not sent: files of up to 20 MB are carried.',
    fileLost: '{name} was not sent: Slack did not hand it over.',
  },
  'zh-Hans': {
    held: '此咨询由 {name} 处理。',
    heldBySomebody: '此咨询已由其他顾问处理。',
    'not-held': '请先认领此咨询。',
    'not-held-holder': '此咨询由 {name} 处理，只有 {name} 可以进行此操作。',
    over: '此咨询已结束。',
    noSuchCase: '此咨询已不再保存。',
    internal: '该消息仅内部可见，访客看不到。如需回复，请先认领。',
    internalHolder: '该消息仅内部可见：此咨询由 {name} 处理。',
    internalOver: '该消息仅内部可见：此咨询已结束。',
    confusing: '未发送：访客只谈到“备案”和“许可证”中的一个，您的回复只谈到另一个。如确认无误，请再发送一次。',
    stranger: '只有本频道中属于本工作区的成员可以进行此操作。',
    strangerTo: '对方不是本频道成员，或不属于本工作区。',
    unknown: '暂时无法向 Slack 核实您是否为本频道成员，请稍后再试。',
    failed: '未送达：{reason} 请用其他方式联系访客，联系方式见卡片；也可以重新发送。',
    uncertain: '无法确认是否送达：{reason} 重新发送前请先向访客确认。',
    fileType: '{name} 未发送：仅支持图片、PDF、Office、文本和 ZIP 文件。',
    fileSize: '{name} 未发送：文件不能超过 20 MB。',
    fileLost: '{name} 未发送：未能从 Slack 取得该文件。',
  },
  'zh-Hant': {
    held: '此諮詢由 {name} 處理。',
    heldBySomebody: '此諮詢已由其他顧問處理。',
    'not-held': '請先認領此諮詢。',
    'not-held-holder': '此諮詢由 {name} 處理，只有 {name} 可以進行此操作。',
    over: '此諮詢已結束。',
    noSuchCase: '此諮詢已不再保存。',
    internal: '該訊息僅內部可見，訪客看不到。如需回覆，請先認領。',
    internalHolder: '該訊息僅內部可見：此諮詢由 {name} 處理。',
    internalOver: '該訊息僅內部可見：此諮詢已結束。',
    confusing: '未傳送：訪客只談到「備案」和「許可證」中的一個，您的回覆只談到另一個。如確認無誤，請再傳送一次。',
    stranger: '只有本頻道中屬於本工作區的成員可以進行此操作。',
    strangerTo: '對方不是本頻道成員，或不屬於本工作區。',
    unknown: '暫時無法向 Slack 核實您是否為本頻道成員，請稍後再試。',
    failed: '未送達：{reason} 請用其他方式聯絡訪客，聯絡方式見卡片；也可以重新傳送。',
    uncertain: '無法確認是否送達：{reason} 重新傳送前請先向訪客確認。',
    fileType: '{name} 未傳送：僅支援圖片、PDF、Office、文字和 ZIP 檔案。',
    fileSize: '{name} 未傳送：檔案不能超過 20 MB。',
    fileLost: '{name} 未傳送：未能從 Slack 取得該檔案。',
  },
} as const satisfies Record<Tongue, Record<string, string>>;

/** A sentence for one consultant. */
export function tell(tongue: Tongue, what: keyof (typeof told)['en'], values: Readonly<Record<string, string>> = {}) {
  return fill(told[tongue][what], values);
}
