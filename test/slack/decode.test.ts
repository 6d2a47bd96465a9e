import { describe, expect, it } from 'vitest';
import { decodeClick } from '../../adapters/slack/decode/interaction.ts';
import { decodeMessage } from '../../adapters/slack/decode/message.ts';
import { mentionsIn, readText } from '../../adapters/slack/decode/text.ts';

const self = { user: 'U0BOT', bot: 'B0BOT', team: 'T1' };
const said = { type: 'message', channel: 'C1', user: 'U1', ts: '1700000000.000100', text: 'hello' };

describe('a text of Slack', () => {
  it.each([
    ['<@U0BOT> hello', 'hello'],
    ['<@U0BOT|wenda>: hello', 'hello'],
    ['<@U0BOT>，您好', '您好'],
    ['hello <@U0BOT>', 'hello'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['see <https://example.com/a?b=1|our page>', 'see our page'],
    ['see <https://example.com>', 'see https://example.com'],
    ['<mailto:a@example.com|a@example.com>', 'a@example.com'],
    ['in <#C123|general> or <#C124>', 'in #general or #…'],
    ['<@U123|ana> and <@U124>', '@ana and @…'],
    ['<!here> <!subteam^S1|@team> <!date^1700000000^{date}|14 November>', '@here @team 14 November'],
    [':+1: :thumbsdown::skin-tone-2: :shrug:', '👍 👎 :shrug:'],
    [', why?', ', why?'],
  ])('%s', (written, read) => {
    expect(readText(written, 'U0BOT')).toBe(read);
  });

  it('names people', () => {
    expect(mentionsIn('<@U1> <@W2|x> <#C3> <!here>')).toEqual(['U1', 'W2']);
  });
});

describe('a message event', () => {
  it.each([
    ['our own', { user: 'U0BOT' }],
    ['of another bot', { bot_id: 'B9' }],
    ['of an integration', { subtype: 'bot_message', bot_id: 'B9', user: undefined }],
    ['a join', { subtype: 'channel_join' }],
    ['hidden', { hidden: true }],
    ['of Slack itself', { user: 'USLACKBOT' }],
    ['without a person', { user: undefined }],
    ['without a channel', { channel: undefined }],
    ['malformed', { ts: 5 }],
  ])('that is nobody saying something is nothing: %s', (_, rest) => {
    expect(decodeMessage({ ...said, ...rest }, self)).toBeUndefined();
  });

  it.each([undefined, 'file_share', 'thread_broadcast', 'me_message'])(
    'of kind %s is somebody saying something',
    (subtype) => {
      expect(decodeMessage({ ...said, subtype }, self)).toMatchObject({ kind: 'said', heard: { text: 'hello' } });
    },
  );

  it('tells a mention by the text, so that both of its events are the same', () => {
    const text = '<@U0BOT> cost?';
    const heard = decodeMessage({ ...said, text }, self);
    expect(heard).toMatchObject({ heard: { mentioned: true, toOther: false, text: 'cost?' } });
    expect(decodeMessage({ ...said, text, type: 'app_mention', team: 'T1' }, self)).toMatchObject({
      heard: { mentioned: true, text: 'cost?' },
    });
    expect(decodeMessage({ ...said, text: '<@U2> cost?' }, self)).toMatchObject({
      heard: { mentioned: false, toOther: true },
    });
  });

  it('knows the team of a person from another company', () => {
    expect(decodeMessage({ ...said, team: 'T1', user_team: 'T2' }, self)).toMatchObject({ heard: { team: 'T2' } });
  });

  it('tells an edit from a preview', () => {
    const changed = { type: 'message', subtype: 'message_changed', hidden: true, channel: 'C1', ts: '2.2' };
    const edit = { ...changed, message: { ...said, text: 'new', edited: { ts: '3.3' } }, previous_message: said };
    expect(decodeMessage(edit, self)).toMatchObject({
      kind: 'edited',
      edit: '3.3',
      heard: { text: 'new', ts: said.ts },
    });
    expect(decodeMessage({ ...changed, message: said, previous_message: said }, self)).toBeUndefined();
    const own = { ...said, user: 'U0BOT', bot_id: 'B0BOT' };
    expect(decodeMessage({ ...changed, message: { ...own, text: 'x' }, previous_message: own }, self)).toBeUndefined();
  });

  it('tells a deletion of a person from one of a bot', () => {
    const deleted = { type: 'message', subtype: 'message_deleted', hidden: true, channel: 'C1', deleted_ts: '1.1' };
    expect(decodeMessage({ ...deleted, previous_message: said }, self)).toEqual({
      kind: 'deleted',
      user: 'U1',
      channel: 'C1',
      ts: '1.1',
    });
    expect(decodeMessage({ ...deleted, previous_message: { ...said, bot_id: 'B0BOT' } }, self)).toBeUndefined();
  });
});

describe('a click', () => {
  const click = {
    type: 'block_actions',
    user: { id: 'U1', team_id: 'T1' },
    team: { id: 'T1' },
    response_url: 'https://hooks.example/1',
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', thread_ts: '1.0', is_ephemeral: false },
    message: { text: 'x', blocks: [] },
    actions: [
      {
        type: 'button',
        action_id: 'choice:1',
        block_id: '2.tag|slack:C1:1.0',
        value: 'entry:icp-cost',
        text: { text: 'Cost' },
        action_ts: '5.5',
      },
    ],
  };

  it('tells the conversation, the choice and its words', () => {
    expect(decodeClick(click)).toMatchObject({
      conversation: 'slack:C1:1.0',
      ids: ['entry:icp-cost'],
      label: 'Cost',
      message: { channel: 'C1', ts: '1.1', thread: '1.0', ephemeral: false },
    });
  });

  it('sends what is ticked in its own message only', () => {
    const box = (id: string) => ({
      multiple: { type: 'checkboxes', selected_options: [{ value: id, text: { text: id } }] },
    });
    const state = { values: { '1.tag|slack:C1:1.0': box('option:q:s:a'), '1.old|slack:C1:1.0': box('option:q:s:b') } };
    const confirm = {
      type: 'button',
      action_id: 'confirm',
      block_id: '2.tag|slack:C1:1.0',
      value: 'confirm',
      text: { text: 'OK' },
    };
    expect(decodeClick({ ...click, state, actions: [confirm] })).toMatchObject({ ids: ['option:q:s:a'] });
  });

  it.each([{}, { type: 'block_actions' }, { ...click, actions: [] }, null])('that is malformed is nothing', (raw) => {
    expect(decodeClick(raw)).toBeUndefined();
  });
});
