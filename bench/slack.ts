import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Slack, startSlack } from '../test/slack/stand-in/index.ts';
import { type Figure, percentile } from './figures.ts';

/** Questions a second, and in all; each is asked by somebody else, so that no channel has to be paced. */
const rate = 50;
const questions = 500;

/** From an event leaving the local Slack to `chat.postMessage` arriving there, through the real program, in both modes. */
export async function measureSlack(): Promise<readonly Figure[]> {
  return [...(await measure('Socket Mode')), ...(await measure('HTTP'))];
}

async function measure(mode: 'Socket Mode' | 'HTTP'): Promise<readonly Figure[]> {
  const manifest = JSON.parse(readFileSync('adapters/slack/manifest.json', 'utf8'));
  const slack = await startSlack({ manifest, limits: false });
  const data = mkdtempSync(join(tmpdir(), 'wenda-bench-'));
  const child = spawn(process.execPath, ['src/cli.js', 'start'], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      DATA_DIR: data,
      PORT: '0',
      LOG_LEVEL: 'error',
      SLACK_BOT_TOKEN: slack.botToken,
      ...(mode === 'HTTP' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
      SLACK_API_URL: slack.apiUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const url = /http:\S+/.exec(String(line))?.[0] ?? '';
  while (!(await fetch(`${url}/readyz`)).ok) await pause(50);
  if (mode === 'HTTP') slack.sendTo(`${url}/slack/events`);
  await ask(slack, 50);
  const times = await ask(slack, questions);
  child.kill('SIGTERM');
  await once(child, 'exit');
  await slack.stop();
  rmSync(data, { recursive: true });
  const what = `Slack, ${mode}: event to chat.postMessage, ${rate} a second`;
  return [
    { what: `${what}, p50`, value: percentile(times, 0.5), unit: 'ms' },
    { what: `${what}, p99`, value: percentile(times, 0.99), unit: 'ms', goal: '50' },
  ];
}

async function ask(slack: Slack, count: number): Promise<readonly number[]> {
  const begun = performance.now();
  const asked = new Map<string, number>();
  for (let number = 0; number < count; number++) {
    const person = slack.user({ name: `person${number}`, locale: 'en-US' });
    const place = slack.direct(person);
    asked.set(place.id, slack.clock.now());
    person.post(place, 'how much does an ICP filing cost?');
    await pause(Math.max(0, begun + ((number + 1) * 1_000) / rate - performance.now()));
  }
  for (;;) {
    const times = slack.calls.flatMap(({ method, at, arguments: given }) => {
      const from = method === 'chat.postMessage' ? asked.get(String(given['channel'])) : undefined;
      return from === undefined ? [] : [at - from];
    });
    if (times.length >= count) return times;
    await pause(20);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
