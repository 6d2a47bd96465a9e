import { z } from 'zod';
import type { Setting } from '../config.ts';
import type { deskSchema } from './desk.ts';

/** A personal WeChat account. */
export interface WechatyConfig {
  /** Package of the puppet. */
  readonly puppet: string;
  readonly token?: string;
  readonly friends: 'off' | 'on' | readonly string[];
  readonly password?: string;
}

/** The settings of the personal account. */
export const wechatySettings: readonly Setting[] = [
  {
    name: 'WECHATY_PUPPET',
    fallback: undefined,
    meaning: 'turns a personal WeChat account on: package of the puppet, such as wechaty-puppet-service',
  },
  { name: 'WECHATY_PUPPET_SERVICE_TOKEN', fallback: undefined, meaning: 'the token of the puppet' },
  {
    name: 'WECHATY_FRIENDS',
    fallback: 'off',
    meaning: 'friend requests that are accepted: off, on, or words of the greeting, separated by commas',
  },
];

/** How the settings must look. */
export const wechatySchema = {
  WECHATY_PUPPET: z
    .string()
    .regex(/^(?:@[\w.-]+\/)?[\w.-]+$/, 'give the name of an npm package, such as wechaty-puppet-service')
    .optional(),
  WECHATY_PUPPET_SERVICE_TOKEN: z
    .string()
    .regex(/^[\w.:-]+$/, 'give the token of the puppet without spaces or quotes')
    .optional(),
  WECHATY_FRIENDS: z
    .string()
    .regex(/^[^\p{Cc}]+$/u, 'use off, on, or words separated by commas')
    .transform((given) => {
      if (/^(?:on|true|1|yes)$/i.test(given)) return 'on' as const;
      if (/^(?:off|false|0|no)$/i.test(given)) return 'off' as const;
      return given.split(/[,，]/).flatMap((word) => word.trim() || []);
    })
    .default('off'),
};

type Given = z.output<z.ZodObject<typeof wechatySchema & typeof deskSchema>>;

/** The settings as the channel takes them. */
export function wechatyOf(given: Given, puppet: string): WechatyConfig {
  const { WECHATY_PUPPET_SERVICE_TOKEN: token, WECHATY_FRIENDS: friends, DESK_PASSWORD: password } = given;
  return { puppet, friends, ...(token !== undefined && { token }), ...(password !== undefined && { password }) };
}
