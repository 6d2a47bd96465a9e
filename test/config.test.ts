import { describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig, settings } from '../src/config.ts';

const defaults: Config = {
  port: 3000,
  host: '127.0.0.1',
  dataDir: 'data',
  knowledgeDir: 'knowledge',
  logLevel: 'info',
  allowedOrigins: [],
  trustProxy: false,
  wechat: {},
};

/** The message of the refusal, line by line. */
function refusal(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('settings', () => {
  it('all have a default', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  it('that are empty count as unset', () => {
    expect(readConfig(Object.fromEntries(settings.map(({ name }) => [name, '  '])))).toEqual(defaults);
  });

  it('are read, and what is no setting is ignored', () => {
    const env = {
      PORT: '8080',
      HOST: '::1',
      PUBLIC_URL: 'https://chat.example.com/',
      DATA_DIR: '/srv/wenda',
      DATABASE_URL: 'postgres://wenda:s3cret@db.example/wenda',
      KNOWLEDGE_DIR: 'faq',
      LOG_LEVEL: 'debug',
      ALLOWED_ORIGINS: 'https://www.example.com/, http://localhost:8000,',
      TRUST_PROXY: 'on',
      WENDA_PORT: 'nonsense',
    };
    expect(readConfig(env)).toEqual({
      port: 8080,
      host: '::1',
      publicUrl: 'https://chat.example.com',
      dataDir: '/srv/wenda',
      databaseUrl: 'postgres://wenda:s3cret@db.example/wenda',
      knowledgeDir: 'faq',
      logLevel: 'debug',
      allowedOrigins: ['https://www.example.com', 'http://localhost:8000'],
      trustProxy: true,
      wechat: {},
    });
  });

  it('that are wrong are all named at once, each with its remedy, and no secret is repeated', () => {
    const env = {
      PORT: '70000',
      HOST: 'http://here',
      PUBLIC_URL: 'chat.example.com',
      DATABASE_URL: 'mysql://wenda:s3cret@db.example/wenda',
      LOG_LEVEL: 'loud',
      ALLOWED_ORIGINS: 'https://good.example, https://example.com/page, example.org',
      TRUST_PROXY: 'perhaps',
    };
    expect(refusal(env)).toEqual([
      'The settings need attention (environment or .env):',
      '  PORT: use a number from 0 to 65535',
      '  HOST: give an IP address or a host name without scheme or port, such as 0.0.0.0',
      '  PUBLIC_URL: give a whole web address, such as https://chat.example.com',
      '  DATABASE_URL: give a PostgreSQL address, such as postgres://user:password@host/database, or leave it unset to use SQLite',
      '  LOG_LEVEL: use fatal, error, warn, info, debug or silent',
      '  ALLOWED_ORIGINS: "https://example.com/page" is not the origin of a site; give scheme and host only, such as https://www.example.com',
      '  ALLOWED_ORIGINS: "example.org" is not the origin of a site; give scheme and host only, such as https://www.example.com',
      '  TRUST_PROXY: use on or off',
    ]);
  });

  it('refuse a password that no database could read', () => {
    expect(refusal({ DATABASE_URL: 'postgres://wenda:100%@db.example/wenda' }).slice(1)).toEqual([
      '  DATABASE_URL: write a % in the password as %25',
    ]);
  });

  it.each(['', '3000 ', '0'])('PORT may be "%s"', (port) => {
    expect(readConfig({ PORT: port }).port).toBe(port.trim() === '' ? 3000 : Number(port));
  });

  it.each(['-1', '3e3', '0x10', '3000.5', 'http'])('PORT may not be "%s"', (port) => {
    expect(refusal({ PORT: port })).toHaveLength(2);
  });
});

describe('settings of WeChat', () => {
  const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

  it('turn each way in on, with both keys during a rotation', () => {
    const account = { WECHAT_APP_ID: 'wx1', WECHAT_TOKEN: 'token', WECHAT_ENCODING_AES_KEY: key };
    const previous = { WECHAT_ENCODING_AES_KEY_PREVIOUS: key.toUpperCase() };
    const kf = { WECOM_CORP_ID: 'ww1', WECOM_KF_SECRET: 's', WECOM_TOKEN: 'token', WECOM_ENCODING_AES_KEY: key };
    expect(readConfig({ ...account, ...previous, ...kf }).wechat).toEqual({
      serviceAccount: {
        appId: 'wx1',
        token: 'token',
        keys: [key, key.toUpperCase()],
        apiUrl: 'https://api.weixin.qq.com',
        customerService: 'off',
      },
      kf: { corpId: 'ww1', secret: 's', token: 'token', keys: [key], apiUrl: 'https://qyapi.weixin.qq.com' },
    });
  });

  it('that do not fit together are named, each with its remedy', () => {
    expect(refusal({ WECHAT_APP_ID: 'wx1', WECHAT_CUSTOMER_SERVICE: 'on', WECOM_CORP_ID: 'ww1' }).slice(1)).toEqual([
      '  WECHAT_TOKEN: is missing: the service account needs it (docs/wechat.md)',
      '  WECHAT_APP_SECRET: is missing: customer service messages need it (docs/wechat.md)',
      '  WECOM_KF_SECRET: is missing: 微信客服 needs it (docs/wechat.md)',
      '  WECOM_TOKEN: is missing: 微信客服 needs it (docs/wechat.md)',
      '  WECOM_ENCODING_AES_KEY: is missing: 微信客服 needs it (docs/wechat.md)',
    ]);
  });
});

describe('the table of settings', () => {
  it('holds exactly what is read', () => {
    const wrong = Object.fromEntries(settings.map(({ name }) => [name, '\u0001']));
    const named = refusal(wrong)
      .slice(1)
      .map((line) => line.trim().replace(/:.*$/, ''));
    // Any text names a folder, or is a secret.
    const folders = ['DATA_DIR', 'KNOWLEDGE_DIR', 'SLACK_SIGNING_SECRET'];
    expect(named).toEqual(settings.map(({ name }) => name).filter((name) => !folders.includes(name)));
  });
});

describe('the settings of Slack', () => {
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1' };

  it('turn it on through Socket Mode or over HTTP', () => {
    expect(readConfig({}).slack).toBeUndefined();
    expect(readConfig({ ...bot, SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      questionChannels: [],
      apiUrl: 'https://slack.com/api/',
    });
    const http = { ...bot, SLACK_SIGNING_SECRET: 's', SLACK_QUESTION_CHANNELS: 'C012, G34', SLACK_DESK_CHANNEL: 'C56' };
    expect(readConfig(http).slack).toMatchObject({
      signingSecret: 's',
      questionChannels: ['C012', 'G34'],
      deskChannel: 'C56',
    });
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN: give the bot token'],
    [{ ...bot, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN: give the app-level token'],
    [bot, 'SLACK_APP_TOKEN: is missing'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN: is missing'],
    [{ ...bot, SLACK_APP_TOKEN: 'xapp-1', SLACK_QUESTION_CHANNELS: 'general' }, '"general" is no channel'],
    [
      { ...bot, SLACK_APP_TOKEN: 'xapp-1', SLACK_QUESTION_CHANNELS: 'C012', SLACK_DESK_CHANNEL: 'C012' },
      'SLACK_QUESTION_CHANNELS: leave the channel of SLACK_DESK_CHANNEL out',
    ],
    [
      { ...bot, SLACK_APP_TOKEN: 'xapp-1', SLACK_DESK_CHANNEL: '#desk' },
      'SLACK_DESK_CHANNEL: give the id of a channel',
    ],
  ])('say what is wrong: %j', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence);
  });
});
