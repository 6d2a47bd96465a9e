import { z } from 'zod';
import type { Setting } from '../config.ts';
import { webAddress } from './web-address.ts';

/** A service account (服务号). */
export interface ServiceAccountConfig {
  readonly appId: string;
  readonly secret?: string;
  readonly token: string;
  /** EncodingAESKeys: the current one, then the previous one; none in plain mode. */
  readonly keys: readonly string[];
  readonly apiUrl: string;
  readonly customerService: 'off' | 'on' | 'transfer';
}

/** 微信客服 of a company in WeCom. */
export interface KfConfig {
  readonly corpId: string;
  readonly secret: string;
  readonly token: string;
  readonly keys: readonly string[];
  readonly apiUrl: string;
}

/** Which ways into WeChat are on. */
export interface WechatConfig {
  readonly serviceAccount?: ServiceAccountConfig;
  readonly kf?: KfConfig;
}

/** The settings of both. */
export const wechatSettings: readonly Setting[] = [
  { name: 'WECHAT_APP_ID', fallback: undefined, meaning: 'turns the WeChat service account (服务号) on: its AppID' },
  { name: 'WECHAT_TOKEN', fallback: undefined, meaning: 'the Token of its server configuration' },
  {
    name: 'WECHAT_ENCODING_AES_KEY',
    fallback: undefined,
    meaning: 'its EncodingAESKey (safe mode); unset: messages come in plain text',
  },
  {
    name: 'WECHAT_ENCODING_AES_KEY_PREVIOUS',
    fallback: undefined,
    meaning: 'the EncodingAESKey before, still accepted while it is being replaced',
  },
  {
    name: 'WECHAT_APP_SECRET',
    fallback: undefined,
    meaning: 'its AppSecret, for customer service messages and the menu',
  },
  {
    name: 'WECHAT_CUSTOMER_SERVICE',
    fallback: 'off',
    meaning:
      'on: consultants’ replies go out at once (certified accounts); transfer: WeChat’s own desk takes cases over',
  },
  { name: 'WECHAT_API_URL', fallback: 'https://api.weixin.qq.com', meaning: 'another address of its API' },
  { name: 'WECOM_CORP_ID', fallback: undefined, meaning: 'turns 微信客服 on: the id of the company in WeCom' },
  { name: 'WECOM_KF_SECRET', fallback: undefined, meaning: 'the Secret of the app that may call 微信客服' },
  { name: 'WECOM_TOKEN', fallback: undefined, meaning: 'the Token of its callback' },
  { name: 'WECOM_ENCODING_AES_KEY', fallback: undefined, meaning: 'the EncodingAESKey of its callback' },
  { name: 'WECOM_API_URL', fallback: 'https://qyapi.weixin.qq.com', meaning: 'another address of the API of WeCom' },
];

const aesKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}$/, 'give the EncodingAESKey: 43 letters and digits, as the console shows it')
  .optional();

const token = z
  .string()
  .regex(/^[A-Za-z0-9]{3,32}$/, 'give the Token of the console: 3 to 32 letters and digits')
  .optional();

const secret = z.string().regex(/^[\w-]+$/, 'give the Secret as the console shows it, without spaces or quotes');

const apiUrl = webAddress('https://api.weixin.qq.com').transform((url) => url.replace(/\/+$/, ''));

/** How the settings must look. */
export const wechatSchema = {
  WECHAT_APP_ID: z.string().startsWith('wx', 'give the AppID: it begins with wx').optional(),
  WECHAT_TOKEN: token,
  WECHAT_ENCODING_AES_KEY: aesKey,
  WECHAT_ENCODING_AES_KEY_PREVIOUS: aesKey,
  WECHAT_APP_SECRET: secret.optional(),
  WECHAT_CUSTOMER_SERVICE: z
    .enum(['on', 'off', 'true', 'false', '1', '0', 'yes', 'no', 'transfer'], { error: 'use on, off or transfer' })
    .transform((word) => (word === 'transfer' ? word : ['on', 'true', '1', 'yes'].includes(word) ? 'on' : 'off'))
    .default('off'),
  WECHAT_API_URL: apiUrl.default('https://api.weixin.qq.com'),
  WECOM_CORP_ID: z
    .string()
    .regex(/^w\w+$/, 'give the id of the company (企业ID): it begins with ww')
    .optional(),
  WECOM_KF_SECRET: secret.optional(),
  WECOM_TOKEN: token,
  WECOM_ENCODING_AES_KEY: aesKey,
  WECOM_API_URL: apiUrl.default('https://qyapi.weixin.qq.com'),
};

type Given = z.output<z.ZodObject<typeof wechatSchema>>;

/** What does not fit together, by setting. */
export function wechatProblems(given: Given): readonly { readonly name: string; readonly message: string }[] {
  const missing = (name: keyof Given, reason: string) =>
    given[name] === undefined ? [{ name, message: `is missing: ${reason} (docs/wechat.md)` }] : [];
  const kf = ['WECOM_CORP_ID', 'WECOM_KF_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'] as const;
  return [
    ...(given.WECHAT_APP_ID === undefined ? [] : missing('WECHAT_TOKEN', 'the service account needs it')),
    ...(given.WECHAT_TOKEN === undefined
      ? []
      : missing('WECHAT_APP_ID', 'the service account needs it beside its Token')),
    ...(given.WECHAT_ENCODING_AES_KEY_PREVIOUS === undefined
      ? []
      : missing('WECHAT_ENCODING_AES_KEY', 'there is a previous key, but no present one')),
    ...(given.WECHAT_CUSTOMER_SERVICE === 'off'
      ? []
      : missing('WECHAT_APP_SECRET', 'customer service messages need it')),
    ...(kf.some((name) => given[name] !== undefined) ? kf.flatMap((name) => missing(name, '微信客服 needs it')) : []),
  ];
}

/** The settings as the channels take them. */
export function wechatOf(given: Given): WechatConfig {
  const keysOf = (...keys: readonly (string | undefined)[]) => keys.filter((key) => key !== undefined);
  const { WECHAT_APP_ID: appId, WECHAT_TOKEN: token, WECHAT_APP_SECRET: secret } = given;
  const { WECOM_CORP_ID: corpId, WECOM_KF_SECRET: kfSecret, WECOM_TOKEN: kfToken } = given;
  return {
    ...(appId !== undefined &&
      token !== undefined && {
        serviceAccount: {
          appId,
          token,
          ...(secret !== undefined && { secret }),
          keys: keysOf(given.WECHAT_ENCODING_AES_KEY, given.WECHAT_ENCODING_AES_KEY_PREVIOUS),
          apiUrl: given.WECHAT_API_URL,
          customerService: given.WECHAT_CUSTOMER_SERVICE,
        },
      }),
    ...(corpId !== undefined &&
      kfSecret !== undefined &&
      kfToken !== undefined && {
        kf: {
          corpId,
          secret: kfSecret,
          token: kfToken,
          keys: keysOf(given.WECOM_ENCODING_AES_KEY),
          apiUrl: given.WECOM_API_URL,
        },
      }),
  };
}
