import type { Outgoing } from '../../src/core/message.ts';

/** What the channels say around the bot's own messages. */
export interface Words {
  readonly pick: string;
  readonly pickSeveral: string;
  readonly more: string;
  readonly feedback: (yes: string, no: string) => string;
  readonly consultant: string;
  /** A file that WeChat does not carry. */
  readonly file: (name: string) => string;
  /** Where a consultant's reply can only be given as the answer to the visitor's next message. */
  readonly fetch: string;
  readonly broken: string;
}

/** The words by language of the message. */
export const words: Readonly<Record<Outgoing['language'], Words>> = {
  en: {
    pick: 'Reply with a number:',
    pickSeveral: 'Reply with one or more numbers, such as 1 3:',
    more: '(Reply “more” to read on.)',
    feedback: (yes, no) => `Reply ${yes} or ${no}.`,
    consultant: 'Consultant: ',
    file: (name) => `[file: ${name}]`,
    fetch: 'Please write again later: whatever you send, the consultant’s reply will come with it.',
    broken: 'Sorry, something went wrong here. Please send your message again.',
  },
  'zh-Hans': {
    pick: '回复数字选择：',
    pickSeveral: '回复数字，可以多选，例如 1 3：',
    more: '（回复“更多”看后面的内容）',
    feedback: (yes, no) => `回复“${yes}”或“${no}”。`,
    consultant: '顾问：',
    file: (name) => `[文件：${name}]`,
    fetch: '请过一会儿再发一条消息，内容不限，顾问的回复会随之送达。',
    broken: '抱歉，刚才出了点问题，请您再发一次。',
  },
  'zh-Hant': {
    pick: '回覆數字選擇：',
    pickSeveral: '回覆數字，可以多選，例如 1 3：',
    more: '（回覆「更多」看後面的內容）',
    feedback: (yes, no) => `回覆「${yes}」或「${no}」。`,
    consultant: '顧問：',
    file: (name) => `[檔案：${name}]`,
    fetch: '請過一會兒再發一則訊息，內容不限，顧問的回覆會隨之送達。',
    broken: '抱歉，剛才出了點問題，請您再發一次。',
  },
};
