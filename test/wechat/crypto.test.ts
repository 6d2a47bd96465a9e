import * as wecom from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import WXBizMsgCrypt from 'wechat-crypto';
import { decrypt, encrypt, isSigned, readKey, sign } from '../../adapters/wechat/crypto.ts';
import { readXml, writeXml } from '../../adapters/wechat/xml.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const receiver = fc.constantFrom('wx0123456789abcdef', 'ww0123456789abcdef');
const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64').slice(0, 43));
const other = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

describe('signatures', () => {
  test('are the published ones', () => {
    expect(sign(['AAAAA', '1714037059', '486452656'])).toBe('899cf89e464efb63f54ddac96b0a0a235f53aa78');
    expect(isSigned('f464b24fc39322e44b38aa78f5edd27bd1441696', ['AAAAA', '1714036504', '1514711492'])).toBe(true);
    expect(isSigned('f464b24fc39322e44b38aa78f5edd27bd1441697', ['AAAAA', '1714036504', '1514711492'])).toBe(false);
    expect(isSigned('', ['AAAAA'])).toBe(false);
  });

  test('agree with two independent packages', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{3,32}$/),
        key,
        fc.nat(),
        fc.stringMatching(/^[0-9a-f]{1,16}$/),
        (token, aes, time, nonce) => {
          const ours = sign([token, String(time), nonce, 'cipher']);
          expect(wecom.getSignature(token, String(time), nonce, 'cipher')).toBe(ours);
          expect(new WXBizMsgCrypt(token, aes, 'wx0').getSignature(String(time), nonce, 'cipher')).toBe(ours);
        },
      ),
    );
  });
});

describe('encryption', () => {
  test('what we encrypt both packages read, and the reverse', () => {
    fc.assert(
      fc.property(text, key, receiver, (plain, aes, id) => {
        const ours = encrypt(plain, readKey(aes), id);
        const peer = new WXBizMsgCrypt('token', aes, id);
        expect(wecom.decrypt(aes, ours)).toMatchObject({ message: plain, id });
        expect(peer.decrypt(ours)).toMatchObject({ message: plain, id });
        for (const theirs of [wecom.encrypt(aes, plain, id), peer.encrypt(plain)]) {
          expect(decrypt(theirs, [readKey(aes)], id)?.text).toBe(plain);
        }
      }),
    );
  });

  test('the previous key still opens, and is named; other receivers, keys and broken bytes do not', () => {
    fc.assert(
      fc.property(text, key, receiver, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, aes, id, at, change) => {
        const sealed = encrypt(plain, readKey(aes), id);
        const opened = decrypt(sealed, [readKey(other), readKey(aes)], id);
        expect([opened?.text, opened?.key]).toEqual([plain, readKey(aes)]);
        expect(decrypt(sealed, [readKey(aes)], 'wx9999999999999999')).toBeUndefined();
        expect(decrypt(sealed, [readKey(other)], id)).toBeUndefined();
        const bytes = Buffer.from(sealed, 'base64');
        // The last block holds the receiver and the padding.
        const last = bytes.length - 32 + (at % 32);
        bytes.writeUInt8((bytes.at(last) ?? 0) ^ change, last);
        expect(decrypt(bytes.toString('base64'), [readKey(aes)], id)).toBeUndefined();
      }),
    );
    expect(decrypt('', [readKey(other)], 'wx0')).toBeUndefined();
    expect(decrypt('!!!', [readKey(other)], 'wx0')).toBeUndefined();
  });
});

describe('XML', () => {
  test('any text comes back as it was written, numbers and spaces too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (written) => {
        const allowed = written.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '');
        const xml = writeXml({ Content: written, MsgId: 1 });
        expect(readXml(xml)?.get('Content')).toBe(allowed.replace(/\r\n?/g, '\n'));
      }),
    );
    expect(readXml('<xml><Content><![CDATA[00123]]></Content><MsgId>24876340532172987</MsgId></xml>')).toEqual(
      new Map([
        ['Content', '00123'],
        ['MsgId', '24876340532172987'],
      ]),
    );
  });

  test.each([
    '',
    '你好',
    '{"xml":1}',
    '<html></html>',
    '<xml><Content>1</xml>',
    '<xml><A>1</A><A>2</A></xml>',
    '<xml></xml><xml></xml>',
    '<!DOCTYPE xml><xml><A>1</A></xml>',
    '<?xml version="1.0"?><xml><A>1</A></xml>',
    '<xml><__proto__><A>1</A></__proto__></xml>',
  ])('%s is refused', (xml) => {
    expect(readXml(xml)).toBeUndefined();
  });

  test('a visitor may write what looks like a declaration', () => {
    expect(readXml(writeXml({ Content: '<!DOCTYPE html>&amp;]]>' }))?.get('Content')).toBe('<!DOCTYPE html>&amp;]]>');
  });
});
