import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the bot got it; `xml` is the inner document, decrypted where it was encrypted. */
export interface Got {
  readonly query: URLSearchParams;
  readonly body: string;
  readonly xml: string;
}

/** What the bot answers: a body, or whatever it does with the response itself. */
export type Answering = (got: Got, response: ServerResponse) => string | undefined | Promise<string | undefined>;

/** A small webhook for the stand-in's own tests, with a message cipher of its own. */
export interface Bot {
  readonly url: string;
  readonly got: readonly Got[];
  answer: Answering;
  stop(): Promise<void>;
}

/** Keys of the platform that the bot serves. */
export interface Keys {
  readonly token: string;
  readonly encodingAesKey: string;
  readonly receiver: string;
}

/** Starts a bot that answers `success` until told otherwise. */
export async function startBot(keys: () => Keys): Promise<Bot> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const { searchParams: query } = new URL(request.url ?? '/', 'http://loopback');
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const echo = query.get('echostr');
    if (echo !== null) return response.end(query.has('msg_signature') ? open(keys(), echo) : echo);
    const encrypt = /<Encrypt><!\[CDATA\[(.*?)\]\]>/s.exec(body)?.[1];
    const one = { query, body, xml: encrypt === undefined ? body : tryOpen(keys(), encrypt) };
    got.push(one);
    const answer = await bot.answer(one, response);
    if (answer !== undefined) response.end(answer);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bot: Bot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    answer: () => 'success',
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return bot;
}

/** Content of an element of a pushed document. */
export function element(xml: string, name: string): string | undefined {
  const match = new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|([^<]*))</${name}>`, 's').exec(xml);
  return match?.[1] ?? match?.[2];
}

/** A text reply to a push, well formed. */
export function textReply({ xml }: Got, content: string): string {
  const swapped = { to: element(xml, 'FromUserName'), from: element(xml, 'ToUserName') };
  return `<xml><ToUserName><![CDATA[${swapped.to}]]></ToUserName><FromUserName><![CDATA[${swapped.from}]]></FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content></xml>`;
}

/** A reply in its envelope. */
export function sealed(keys: Keys, xml: string): string {
  const key = Buffer.from(`${keys.encodingAesKey}=`, 'base64');
  const message = Buffer.from(xml);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(keys.receiver)]);
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const encrypt =
    cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)]), undefined, 'base64') + cipher.final('base64');
  const [timestamp, nonce] = ['1714037059', '486452656'];
  const signature = sign(keys.token, timestamp, nonce, encrypt);
  return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
}

/** The signature over sorted parts. */
export function sign(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

function open({ encodingAesKey }: Keys, encrypt: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
  return plain.subarray(20, 20 + plain.readUInt32BE(16)).toString();
}

function tryOpen(keys: Keys, encrypt: string): string {
  try {
    return open(keys, encrypt);
  } catch {
    return '';
  }
}
