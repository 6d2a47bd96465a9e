import type { Cipher } from './cipher.ts';
import type { Answer, Mode, Reply } from './index.ts';
import { type Element, readXml } from './xml.ts';

/** Most bytes of UTF-8 in a text, passive or not. */
export const textBytes = 2048;

/** What an answer to a push must fit. */
export interface Expected {
  readonly mode: Mode;
  readonly cipher: Cipher;
  readonly account: string;
  readonly person: string;
  /** Events cannot be passed on to 客服. */
  readonly event: boolean;
  knowsMedia(mediaId: string, type: string): boolean;
  knowsAgent(account: string): boolean;
}

/** The passive reply in an answer, or undefined for `success` and nothing; throws what is wrong with it. */
export function judge(answer: Answer, expected: Expected): Reply | undefined {
  if (answer.status !== 200) throw new Error(`status ${answer.status}`);
  if (answer.body === '' || answer.body === 'success') return undefined;
  if (/json|html/.test(answer.contentType)) throw new Error(`content type ${answer.contentType}`);
  const outer = readXml(answer.body);
  if (outer.name !== 'xml') throw new Error(`root element <${outer.name}>`);
  const encrypted = outer.children.some(({ name }) => name === 'Encrypt');
  if (encrypted && expected.mode === 'plain') throw new Error('encrypted reply in plain mode');
  if (!encrypted && expected.mode === 'safe') throw new Error('plain reply in safe mode');
  const xml = encrypted ? decrypt(outer, expected) : answer.body;
  const { type, content } = read(readXml(xml), expected);
  return { type, content, encrypted, xml };
}

function decrypt(outer: Element, { cipher }: Expected): string {
  const fields = record(outer, ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce']);
  const encrypt = string(fields, 'Encrypt');
  const timestamp = number(fields, 'TimeStamp');
  const nonce = required(fields, 'Nonce').text;
  if (nonce === '') throw new Error('<Nonce> is empty');
  if (string(fields, 'MsgSignature') !== cipher.sign(timestamp, nonce, encrypt))
    throw new Error('wrong <MsgSignature>');
  return cipher.decrypt(encrypt);
}

/** Elements that each type has after the common ones. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  text: ['Content'],
  image: ['Image'],
  voice: ['Voice'],
  video: ['Video'],
  news: ['ArticleCount', 'Articles'],
  transfer_customer_service: ['TransInfo'],
};

function read(root: Element, expected: Expected): { type: string; content: string } {
  const type = root.children.find(({ name }) => name === 'MsgType')?.text ?? '';
  const shape = shapes[type];
  if (!shape) throw new Error(`unknown <MsgType> "${type}"`);
  const fields = record(root, ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', ...shape]);
  string(fields, 'MsgType');
  if (string(fields, 'ToUserName') !== expected.person) throw new Error('<ToUserName> is not the person who wrote');
  if (string(fields, 'FromUserName') !== expected.account) throw new Error('<FromUserName> is not the account');
  number(fields, 'CreateTime');
  return { type, content: content(type, fields, expected) };
}

function content(type: string, fields: Fields, expected: Expected): string {
  if (type === 'text') {
    const text = string(fields, 'Content');
    if (text.trim() === '') throw new Error('<Content> is empty');
    const bytes = Buffer.byteLength(text);
    if (bytes > textBytes) throw new Error(`<Content> has ${bytes} bytes instead of ${textBytes} at most`);
    return text;
  }
  if (type === 'news') {
    if (number(fields, 'ArticleCount') !== '1') throw new Error('<ArticleCount> is not 1');
    const item = record(required(fields, 'Articles'), ['item']);
    return string(record(required(item, 'item'), ['Title', 'Description', 'PicUrl', 'Url']), 'Title');
  }
  if (type === 'transfer_customer_service') {
    if (expected.event) throw new Error('an event cannot be passed on to 客服');
    const info = fields.get('TransInfo');
    if (!info) return '';
    const account = string(record(info, ['KfAccount']), 'KfAccount');
    if (!expected.knowsAgent(account)) throw new Error(`unknown <KfAccount> "${account}"`);
    return account;
  }
  const [name = ''] = shapes[type] ?? [];
  const media = string(record(required(fields, name), ['MediaId', 'Title', 'Description']), 'MediaId');
  if (!expected.knowsMedia(media, type)) throw new Error(`unknown <MediaId> "${media}"`);
  return media;
}

type Fields = ReadonlyMap<string, Element>;

/** The children by name: each at most once, none besides `known`. */
function record({ name: parent, children }: Element, known: readonly string[]): Fields {
  const fields = new Map<string, Element>();
  for (const child of children) {
    if (!known.includes(child.name)) throw new Error(`unknown element <${child.name}> in <${parent}>`);
    if (fields.has(child.name)) throw new Error(`<${child.name}> twice`);
    fields.set(child.name, child);
  }
  return fields;
}

function required(fields: Fields, name: string): Element {
  const field = fields.get(name);
  if (!field) throw new Error(`<${name}> is missing`);
  return field;
}

function string(fields: Fields, name: string): string {
  const { text, cdata } = required(fields, name);
  if (!cdata) throw new Error(`<${name}> is not CDATA`);
  return text;
}

function number(fields: Fields, name: string): string {
  const { text, cdata } = required(fields, name);
  if (cdata || !/^\d{1,10}$/.test(text)) throw new Error(`<${name}> is not a bare number`);
  return text;
}
