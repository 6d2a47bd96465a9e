import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wenda-absent-'));
});
afterEach(async () => rm(folder, { recursive: true }));

/** Makes wechaty and its puppets as absent as if their folders were not there. */
const absence = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    if (!/^wechaty/.test(specifier)) return next(specifier, context);
    throw Object.assign(new Error('Cannot find package ' + specifier), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
`;

const program = `
import { run } from ${JSON.stringify(pathToFileURL('src/main.ts').href)};
import { readConfig } from ${JSON.stringify(pathToFileURL('src/config.ts').href)};
try {
  const running = await run(readConfig(process.env));
  const response = await fetch(running.url + '/readyz');
  console.log(response.status);
  await running.stop();
} catch (error) {
  console.log(error.name + ': ' + error.message);
}
`;

async function start(env: Readonly<Record<string, string>>): Promise<string> {
  await writeFile(join(folder, 'absence.mjs'), absence);
  await writeFile(join(folder, 'program.mjs'), program);
  const { stdout } = await run(
    process.execPath,
    ['--import', pathToFileURL(join(folder, 'absence.mjs')).href, join(folder, 'program.mjs')],
    { env: { ...process.env, ...env, PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' } },
  );
  return stdout;
}

const service = { WECHAT_APP_ID: 'wx1234567890abcdef', WECHAT_TOKEN: 'abcdef' };
const kf = {
  WECOM_CORP_ID: 'ww1234567890abcdef',
  WECOM_KF_SECRET: 'secret',
  WECOM_TOKEN: 'abcdef',
  WECOM_ENCODING_AES_KEY: 'a'.repeat(43),
};

test('everything else starts without the package wechaty', async () => {
  expect(await start({ ...service, ...kf })).toBe('200\n');
});

test('the personal account says what is missing', async () => {
  expect(await start({ WECHATY_PUPPET: 'wechaty-puppet-service' })).toBe(
    'ConfigError: WECHATY_PUPPET needs the package wechaty: npm install --include=optional installs it.\n',
  );
});
