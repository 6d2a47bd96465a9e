import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../adapters/slack/api.ts';
import { decodeMessage, type SlackFile } from '../../adapters/slack/decode/message.ts';
import { createFetchFile } from '../../adapters/slack/file/fetch.ts';
import { manifest } from './bot.ts';
import { type Person, type Place, type Slack, startSlack } from './stand-in/index.ts';
import type { Upload } from './stand-in/person.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let slack: Slack;
let place: Place;
let mei: Person;

beforeEach(async () => {
  slack = await startSlack({ manifest, limits: false });
  mei = slack.user({ name: 'Mei' });
  place = slack.channel({ members: [mei] });
});
afterEach(() => slack.stop());

const fetchFile = (file: SlackFile) =>
  createFetchFile(createClient(slack.botToken, slack.apiUrl, log), slack.botToken, slack.apiUrl)(file);

/** A file as the bot hears of it. */
function heard(upload: Upload): SlackFile {
  const ts = mei.upload(place, upload);
  const self = { user: slack.botUserId, bot: slack.botId, team: slack.teamId };
  const news = decodeMessage({ ...slack.message(place, ts), channel: place.id }, self);
  const [file] = news?.kind === 'said' ? news.heard.files : [];
  if (!file) throw new Error('there is no file');
  return file;
}

const picture = { name: 'a/../b\u202egnp.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2, 3]) };

describe('a file that somebody put into Slack', () => {
  it.each([false, true])('is fetched, with a name that does no harm (properties hidden: %s)', async (hidden) => {
    const fetched = await fetchFile(heard({ ...picture, hidden }));
    expect(fetched).toMatchObject({
      as: 'fetched',
      file: { name: 'a_.._bgnp.png', type: 'image/png', size: 3 },
      content: picture.bytes,
    });
  });

  it('keeps its id when Slack delivers it again', async () => {
    const file = heard(picture);
    expect(await fetchFile(file)).toEqual(await fetchFile(file));
  });

  it.each([
    ['image/svg+xml', 'type'],
    ['text/html', 'type'],
    ['application/x-msdownload', 'type'],
    ['application/pdf', undefined],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', undefined],
  ])('of type %s: refused for its %s', async (mimetype, why) => {
    const fetched = await fetchFile(heard({ ...picture, mimetype }));
    expect(fetched.as === 'refused' ? fetched.why : undefined).toBe(why);
  });

  it('is refused when it is larger than Slack said', async () => {
    const bytes = new Uint8Array(21 * 1024 * 1024);
    expect(await fetchFile({ ...heard({ ...picture, bytes }), size: 3 })).toMatchObject({ as: 'refused', why: 'size' });
  });

  it('is refused when Slack shows the page to sign in instead', async () => {
    const file = heard(picture);
    slack.faults.withdrawScope('files:read');
    expect(await fetchFile(file)).toMatchObject({ as: 'refused', why: 'lost' });
  });

  it('never takes the token to an address that is not Slack’s', async () => {
    let asked = 0;
    const other = createServer((_, response) => {
      asked += 1;
      response.end('x');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const url = `http://127.0.0.1:${port}/files-pri/F1/x.png`;
    expect(await fetchFile({ ...heard(picture), url })).toMatchObject({ as: 'refused', why: 'lost' });
    other.close();
    expect(asked).toBe(0);
  });
});
