import { type Cipher, createCipher } from './cipher.ts';
import { envelope, type Signed, withQuery, wrongSignature } from './envelope.ts';
import type { Attack } from './index.ts';
import type { WebhookSetup } from './webhook.ts';
import { cdata } from './xml.ts';

/** What an attack is made with. */
interface Tools extends WebhookSetup {
  readonly cipher: Cipher;
  readonly url: string;
  sign(encrypt?: string, by?: Cipher): Record<string, string>;
  prepare(xml: string): Signed;
}

/** The request of an attack. Hostile XML is put inside the encryption where there is one. */
export function attackRequest(
  kind: Attack,
  tools: Tools,
): { readonly url: string; readonly body: string | Uint8Array } {
  const xml = tools.sample('attack');
  const inner = hostileXml[kind];
  if (inner) return tools.prepare(inner(xml, tools));
  const genuine = tools.prepare(xml);
  switch (kind) {
    case 'wrong signature': {
      const query = { signature: wrongSignature(), msg_signature: wrongSignature() };
      return { ...genuine, url: withQuery(genuine.url, query) };
    }
    case 'no signature':
      return { ...genuine, url: tools.url };
    case 'wrong token': {
      const other = createCipher('another-token', tools.cipher.encodingAesKey, tools.receiver);
      if (plain(tools)) return { ...genuine, url: withQuery(tools.url, tools.sign(undefined, other)) };
      const { encrypt, body } = envelope(other, xml, tools.addressee);
      return { url: withQuery(tools.url, tools.sign(encrypt, other)), body };
    }
    case 'empty':
      return { ...genuine, body: '' };
    case 'invalid utf-8': {
      const [before = '', after = ''] = genuine.body.split('<ToUserName>');
      const broken = Buffer.from([0xff, 0xfe, 0xc3]);
      return { ...genuine, body: Buffer.concat([Buffer.from(`${before}<ToUserName>`), broken, Buffer.from(after)]) };
    }
    case 'wrong receiver':
      encryptedOnly(kind, tools);
      return seal(tools, tools.cipher.encrypt(xml, 'wx0000000000000000'));
    case 'truncated cipher':
      encryptedOnly(kind, tools);
      return seal(tools, tools.cipher.encrypt(xml).slice(0, -12));
    case 'broken padding': {
      encryptedOnly(kind, tools);
      const bytes = Buffer.from(tools.cipher.encrypt(xml), 'base64');
      bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 0x55, bytes.length - 1);
      return seal(tools, bytes.toString('base64'));
    }
    case 'plain in safe mode':
      encryptedOnly(kind, tools);
      return { url: withQuery(tools.url, tools.sign()), body: xml };
    default:
      throw new Error(`no attack "${kind}"`);
  }
}

const hostileXml: Partial<Record<Attack, (xml: string, tools: Tools) => string>> = {
  oversized: (_, { sample }) => sample('大'.repeat(700_000)),
  malformed: (xml) => xml.replace('</FromUserName>', '').replace(/<\/CreateTime>/, '</CreateTim>'),
  'not xml': () => '你好 <<<',
  json: () =>
    JSON.stringify({ ToUserName: 'x', FromUserName: 'y', CreateTime: 1, MsgType: 'text', Content: 'z', MsgId: 1 }),
  doctype: (xml) =>
    `<!DOCTYPE xml [<!ENTITY file SYSTEM "file:///etc/passwd">]>${xml.replace('attack', ']]>&file;<![CDATA[')}`,
  'entity bomb': (xml) => `${bomb()}${xml.replace('attack', ']]>&e9;<![CDATA[')}`,
  'prototype key': (xml) =>
    xml.replace(
      '<xml>',
      `<xml><__proto__><MsgType>${cdata('text')}</MsgType></__proto__><constructor><prototype>1</prototype></constructor>`,
    ),
  'duplicate element': (xml) => xml.replace('<xml>', `<xml><FromUserName>${cdata('oSomebodyElse')}</FromUserName>`),
};

/** Ten entities, each ten times the one before. */
function bomb(): string {
  const lines = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
  return `<!DOCTYPE xml [<!ENTITY e0 "boom">${lines.join('')}]>`;
}

function seal(tools: Tools, encrypt: string): Signed {
  const body = `<xml><ToUserName>${cdata(tools.addressee)}</ToUserName><Encrypt>${cdata(encrypt)}</Encrypt></xml>`;
  return { url: withQuery(tools.url, tools.sign(encrypt)), body };
}

function plain({ mode }: Tools): boolean {
  return mode() === 'plain';
}

function encryptedOnly(kind: Attack, tools: Tools): void {
  if (plain(tools)) throw new Error(`"${kind}" needs an encrypted mode`);
}
