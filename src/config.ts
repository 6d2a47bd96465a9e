import { z } from 'zod';
import { deskSchema, deskSettings } from './config/desk.ts';
import { type SlackConfig, slackOf, slackProblems, slackSchema, slackSettings } from './config/slack.ts';
import { webAddress } from './config/web-address.ts';
import { type WechatConfig, wechatOf, wechatProblems, wechatSchema, wechatSettings } from './config/wechat.ts';
import { type WechatyConfig, wechatyOf, wechatySchema, wechatySettings } from './config/wechaty.ts';

/** A setting as the README lists it. Settings come from the environment or from `.env`. */
export interface Setting {
  readonly name: string;
  /** In words; undefined when the setting is off until it is set. */
  readonly fallback: string | undefined;
  readonly meaning: string;
}

/** Every setting, in the order in which a reader meets them. */
export const settings: readonly Setting[] = [
  { name: 'PORT', fallback: '3000', meaning: 'port of the web chat; 0 picks a free one' },
  { name: 'HOST', fallback: '127.0.0.1', meaning: 'address to listen on; 0.0.0.0 for every network interface' },
  {
    name: 'PUBLIC_URL',
    fallback: undefined,
    meaning: 'address under which visitors reach the web chat, such as https://chat.example.com',
  },
  { name: 'DATA_DIR', fallback: 'data', meaning: 'folder of the built-in SQLite database' },
  {
    name: 'DATABASE_URL',
    fallback: undefined,
    meaning: 'PostgreSQL instead of SQLite, such as postgres://user:password@host/database',
  },
  { name: 'KNOWLEDGE_DIR', fallback: 'knowledge', meaning: 'folder of what the bot knows and says' },
  {
    name: 'LOG_LEVEL',
    fallback: 'info',
    meaning: 'least important log line that is written: fatal, error, warn, info, debug or silent',
  },
  {
    name: 'ALLOWED_ORIGINS',
    fallback: undefined,
    meaning: 'sites that may show the chat widget, separated by commas, such as https://www.example.com',
  },
  { name: 'TRUST_PROXY', fallback: 'off', meaning: 'on: a reverse proxy in front sets X-Forwarded-For' },
  ...deskSettings,
  ...slackSettings,
  ...wechatSettings,
  ...wechatySettings,
];

/** What the program was told; paths are as given, relative to the working directory. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly knowledgeDir: string;
  readonly logLevel: z.output<typeof logLevel>;
  readonly allowedOrigins: readonly string[];
  readonly trustProxy: boolean;
  /** Password of the web desk; without one a random one is shown at the start. */
  readonly deskPassword?: string;
  /** Present when the Slack channel is on. */
  readonly slack?: SlackConfig;
  /** Which ways into WeChat are on. */
  readonly wechat: WechatConfig;
  /** A personal WeChat account. */
  readonly wechaty?: WechatyConfig;
}

/** The settings are wrong: the message holds every problem, one a line, each with its remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
  error: 'use fatal, error, warn, info, debug or silent',
});

const onOff = z
  .enum(['on', 'off', 'true', 'false', '1', '0', 'yes', 'no'], { error: 'use on or off' })
  .transform((word) => ['on', 'true', '1', 'yes'].includes(word));

const origins = z.string().transform((list, context) =>
  list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')
    .map((origin) => {
      const url = URL.parse(origin);
      const bare = url && !url.username && !url.password && url.pathname === '/' && !url.search && !url.hash;
      if (bare && /^https?:$/.test(url.protocol)) return url.origin;
      context.addIssue({
        code: 'custom',
        message: `"${origin}" is not the origin of a site; give scheme and host only, such as https://www.example.com`,
      });
      return z.NEVER;
    }),
);

const schema = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'use a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'use a number from 0 to 65535')
      .default(3000),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'give an IP address or a host name without scheme or port, such as 0.0.0.0')
      .default('127.0.0.1'),
    PUBLIC_URL: webAddress('https://chat.example.com')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    DATA_DIR: z.string().default('data'),
    DATABASE_URL: z
      .string()
      .refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''), {
        error:
          'give a PostgreSQL address, such as postgres://user:password@host/database, or leave it unset to use SQLite',
      })
      .refine((text) => isDecodable(URL.parse(text)?.password ?? ''), {
        error: 'write a % in the password as %25',
      })
      .optional(),
    KNOWLEDGE_DIR: z.string().default('knowledge'),
    LOG_LEVEL: logLevel.default('info'),
    ALLOWED_ORIGINS: origins.default([]),
    TRUST_PROXY: onOff.default(false),
    ...deskSchema,
    ...slackSchema,
    ...wechatSchema,
    ...wechatySchema,
  })
  .superRefine((given, context) => {
    for (const { name, message } of [...slackProblems(given), ...wechatProblems(given)])
      context.addIssue({ code: 'custom', path: [name], message });
  })
  .transform(
    (given): Config => ({
      port: given.PORT,
      host: given.HOST,
      ...(given.PUBLIC_URL !== undefined && { publicUrl: given.PUBLIC_URL }),
      dataDir: given.DATA_DIR,
      ...(given.DATABASE_URL !== undefined && { databaseUrl: given.DATABASE_URL }),
      knowledgeDir: given.KNOWLEDGE_DIR,
      logLevel: given.LOG_LEVEL,
      allowedOrigins: given.ALLOWED_ORIGINS,
      trustProxy: given.TRUST_PROXY,
      ...(given.DESK_PASSWORD !== undefined && { deskPassword: given.DESK_PASSWORD }),
      ...(given.SLACK_BOT_TOKEN !== undefined && { slack: slackOf(given, given.SLACK_BOT_TOKEN) }),
      wechat: wechatOf(given),
      ...(given.WECHATY_PUPPET !== undefined && { wechaty: wechatyOf(given, given.WECHATY_PUPPET) }),
    }),
  );

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the settings from an environment. An empty one counts as unset; names that are not settings are ignored.
 * Throws a `ConfigError` that holds every problem at once. Values are not repeated in it: one may be a password.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    settings.flatMap(({ name }) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new ConfigError(`The settings need attention (environment or .env):\n${problems.join('\n')}`);
}
