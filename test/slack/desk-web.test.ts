import { expect, it } from 'vitest';
import { openStream } from '../web/visitor.ts';
import { manifest } from './bot.ts';
import { cards, marks, startConsultants, until } from './consultants.ts';
import { startSlack } from './stand-in/index.ts';

it('a visitor of the web chat and a consultant in Slack talk with one another', { timeout: 60_000 }, async () => {
  const slack = await startSlack({ manifest, limits: false });
  const { bot, mei, place } = await startConsultants(slack);
  const ask = (path: string, init: RequestInit) => fetch(`${bot.url}/api/chat/${path}`, { method: 'POST', ...init });
  const { token } = (await (await ask('session', {})).json()) as { token: string };
  const stream = await openStream(bot.url, token);
  let number = 0;
  const say = async (text: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ kind: 'text', id: `message-${++number}`, text });
    expect((await ask('messages', { headers, body })).status).toBeLessThan(300);
  };
  const sees = (words: string) => stream.until(() => JSON.stringify(stream.lines).includes(words));

  await say('转人工');
  await sees('怎么联系');
  await say('mei@example.com');
  await say('跳过');
  await until(() => cards(slack, place).length === 1);
  const thread = cards(slack, place)[0]?.ts ?? '';
  const card = mei.sees(place);
  for (const words of ['web chat · 网页', 'mei@example.com', 'The visitor writes Chinese. · 访客使用中文。'])
    expect(card).toContain(words);
  await mei.click(place, thread, 'desk:claim');
  await sees('Mei');
  const reply = mei.post(place, '您好，请问公司在哪里？', { thread });
  await sees('您好，请问公司在哪里？');
  await until(() => marks(slack, place, reply).includes('white_check_mark'));
  mei.post(place, '// INTERNAL', { thread });
  await say('在南京 <!channel>');
  await until(() => mei.sees(place, thread).includes('在南京 <!channel>'));
  await mei.click(place, thread, 'desk:resolve');
  await until(() => mei.sees(place, thread).includes('Mei has resolved this.'));
  expect(slack.messages(place, thread).flatMap(({ notified }) => notified)).toEqual([]);
  expect(JSON.stringify(stream.lines)).not.toContain('INTERNAL');
  stream.close();
  await bot.stop();
  await slack.stop();
});
