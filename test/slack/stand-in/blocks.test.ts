import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type Place, type Slack, startSlack } from './index.ts';
import { client, manifest, refusal } from './sample.ts';

let slack: Slack;
let ana: Person;
let channel: Place;

beforeEach(async () => {
  slack = await startSlack({ manifest });
  ana = slack.user({ name: 'ana' });
  channel = slack.channel({ members: [ana] });
});
afterEach(() => slack.stop());

describe('Block Kit', () => {
  const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
  const button = (n: number) => ({ type: 'button', action_id: `a${n}`, text: { type: 'plain_text', text: `B${n}` } });

  test.each([
    ['a section too long', [section('x'.repeat(3001))], 'invalid_blocks'],
    ['an empty section', [section('')], 'invalid_blocks'],
    ['too many blocks', Array.from({ length: 51 }, () => section('x')), 'invalid_blocks'],
    ['an empty actions block', [{ type: 'actions', elements: [] }], 'invalid_blocks'],
    [
      'too many buttons',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button(n)) }],
      'invalid_blocks',
    ],
    ['an action_id twice', [{ type: 'actions', elements: [button(1), button(1)] }], 'invalid_blocks'],
    [
      'a block_id twice',
      [
        { ...section('a'), block_id: 'b' },
        { ...section('b'), block_id: 'b' },
      ],
      'invalid_blocks',
    ],
    ['an unknown property', [{ ...section('a'), colour: 'red' }], 'invalid_blocks'],
    ['an unknown block', [{ type: 'poem', text: 'x' }], 'invalid_blocks'],
    ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], 'invalid_blocks'],
    ['too much in all', Array.from({ length: 4 }, () => section('x'.repeat(2900))), 'msg_blocks_too_long'],
  ])('%s is refused', async (_, blocks, error) => {
    const call = client(slack).chat.postMessage({ channel: channel.id, text: 'x', blocks: blocks as never });
    expect(await refusal(call)).toBe(error);
  });

  test('a refusal says where the fault is', async () => {
    const blocks = [section('fine'), section('x'.repeat(3001))];
    const error = await client(slack)
      .chat.postMessage({ channel: channel.id, text: 'x', blocks })
      .catch((caught: unknown) => caught);
    expect(JSON.stringify(error)).toContain('json-pointer:/blocks/1/text/text');
  });

  test('what the limits allow is taken, and missing text is warned of', async () => {
    const blocks = [
      section('x'.repeat(3000)),
      { type: 'actions', elements: Array.from({ length: 25 }, (_, n) => button(n)) },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'f',
            positive_button: { text: { type: 'plain_text', text: 'Good' }, value: '1' },
            negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: '0' },
          },
        ],
      },
    ];
    const answer = await client(slack).apiCall('chat.postMessage', { channel: channel.id, blocks });
    expect(answer).toMatchObject({ warning: 'missing_text_in_message' });
    expect(ana.sees(channel)).toContain('[B0] [B1]');
    expect(ana.sees(channel)).toContain('[Good] [Bad]');
  });
});
