import { attackRequest } from './attack.ts';
import { type Cipher, createCipher, newKey } from './cipher.ts';
import type { Clock } from './clock.ts';
import { envelope, type Signed, stamp, withQuery, wrongSignature } from './envelope.ts';
import type { FaultState } from './faults.ts';
import type { Mode, Platform } from './index.ts';
import { post, request } from './request.ts';

/** How a platform talks to the bot's webhook. */
export interface Webhook extends Pick<Platform, 'sendTo' | 'verify' | 'rotateKey' | 'attack' | 'replay' | 'post'> {
  readonly cipher: Cipher;
  /** A signed request with this inner XML. */
  prepare(xml: string): Signed;
}

/** What a webhook is made from. */
export interface WebhookSetup {
  readonly clock: Clock;
  readonly faults: FaultState;
  readonly token: string;
  /** App id or corp id: the receiver inside the encryption. */
  readonly receiver: string;
  /** ToUserName of the envelope. */
  readonly addressee: string;
  /** WeCom always encrypts, also the echostr, and signs with msg_signature alone. */
  readonly platform: 'wechat' | 'wecom';
  readonly mode: () => Mode;
  /** A message that looks genuine, with this text where its kind has one. */
  readonly sample: (text: string) => string;
}

/** The webhook of one platform; no address yet. */
export function createWebhook(setup: WebhookSetup): Webhook {
  const { clock, faults, token, receiver, platform } = setup;
  let cipher = createCipher(token, newKey(), receiver);
  let address: string | undefined;
  const url = () => {
    if (!address) throw new Error('call sendTo(url) first: there is no address to push to');
    return address;
  };

  /** Query of a request; `encrypt` present: an encrypted one. */
  function sign(encrypt?: string, by = cipher): Record<string, string> {
    const { timestamp, nonce } = stamp(clock, faults.push.skew);
    const signed = (part = '') => (faults.push.wrongSignature ? wrongSignature() : by.sign(timestamp, nonce, part));
    if (platform === 'wecom') return { msg_signature: signed(encrypt), timestamp, nonce };
    const plain = { signature: signed(), timestamp, nonce };
    return encrypt === undefined ? plain : { ...plain, encrypt_type: 'aes', msg_signature: signed(encrypt) };
  }

  function prepare(xml: string): Signed {
    if (setup.mode() === 'plain') return { url: withQuery(url(), sign()), body: xml };
    const beside =
      setup.mode() === 'compatible' ? xml.replace(/^<xml>(<ToUserName>.*?<\/ToUserName>)?/s, '') : undefined;
    const { encrypt, body } = envelope(cipher, xml, setup.addressee, beside?.replace(/<\/xml>$/, ''));
    return { url: withQuery(url(), sign(encrypt)), body };
  }

  return {
    get cipher() {
      return cipher;
    },
    prepare,
    sendTo(to) {
      address = to;
    },
    rotateKey() {
      cipher = createCipher(token, newKey(), receiver);
      return cipher.encodingAesKey;
    },
    async verify() {
      const echo = String(4375120948345356249n + BigInt(Math.floor(Math.random() * 1e6)));
      const echostr = platform === 'wecom' ? cipher.encrypt(echo) : echo;
      const query = { ...sign(platform === 'wecom' ? echostr : undefined), echostr };
      const answer = await request('GET', withQuery(url(), query)).answer;
      if (answer.status !== 200) throw new Error(`the check of the address was answered with status ${answer.status}`);
      if (answer.body !== echo) throw new Error(`the check of the address was answered with "${answer.body}"`);
    },
    attack: async (kind) => {
      const { url: to, body } = attackRequest(kind, { ...setup, cipher, url: url(), sign, prepare });
      return post(to, body);
    },
    replay({ attempts: [first] }) {
      if (!first) throw new Error('this push was never sent');
      return post(first.url, first.body);
    },
    post(body, { query, encrypt } = {}) {
      if (!encrypt) return post(withQuery(url(), { ...sign(), ...query }), body);
      const sealed = envelope(cipher, body, setup.addressee);
      return post(withQuery(url(), { ...sign(sealed.encrypt), ...query }), sealed.body);
    },
  };
}
