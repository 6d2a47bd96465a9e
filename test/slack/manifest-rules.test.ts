import { describe, expect, test } from 'vitest';
import { checkManifest, methodsIn } from './manifest.ts';
import { manifest } from './stand-in/sample.ts';

const METHODS = [
  'auth.test',
  'apps.connections.open',
  'chat.postMessage',
  'assistant.threads.setSuggestedPrompts',
  'conversations.info',
  'conversations.open',
  'files.info',
  'files.completeUploadExternal',
  'reactions.add',
  'users.info',
  'views.publish',
];

type Sample = typeof manifest;

/** The sample with one thing changed. */
function changed(change: (copy: Sample & Record<string, unknown>) => void): unknown {
  const copy = structuredClone(manifest);
  change(copy);
  return copy;
}

test('a sound manifest has no problem', () => {
  expect(checkManifest(manifest, METHODS)).toEqual([]);
});

describe('problems', () => {
  test.each<[string, unknown, string]>([
    ['version 1', changed((it) => Object.assign(it._metadata, { major_version: 1 })), '_metadata.major_version'],
    [
      'a long name',
      changed((it) => Object.assign(it.display_information, { name: 'x'.repeat(36) })),
      'display_information.name',
    ],
    [
      'a short long description',
      changed((it) => Object.assign(it.display_information, { long_description: 'short' })),
      'long_description',
    ],
    [
      'a wrong colour',
      changed((it) => Object.assign(it.display_information, { background_color: 'red' })),
      'background_color',
    ],
    ['an unknown key', changed((it) => Object.assign(it.features, { tea: true })), 'tea'],
    [
      'both views',
      changed((it) => Object.assign(it.features, { assistant_view: { assistant_description: 'x' } })),
      'assistant_view',
    ],
    [
      'five prompts',
      changed((it) =>
        Object.assign(it.features.agent_view, { suggested_prompts: Array(5).fill({ title: 'a', message: 'b' }) }),
      ),
      'suggested_prompts',
    ],
    [
      'a wrong shortcut type',
      changed((it) => Object.assign(it.features.shortcuts[0] ?? {}, { type: 'local' })),
      'shortcuts.0.type',
    ],
    [
      'a command without slash',
      changed((it) => Object.assign(it.features.slash_commands[0] ?? {}, { command: 'ask' })),
      'slash_commands.0.command',
    ],
    [
      'a callback_id twice',
      changed((it) => Object.assign(it.features.shortcuts[0] ?? {}, { callback_id: 'answer' })),
      'callback_id is there twice',
    ],
    [
      'an unknown event',
      changed((it) => it.settings.event_subscriptions.bot_events.push('message.everything')),
      'no bot event',
    ],
    ['an unknown scope', changed((it) => it.oauth_config.scopes.bot.push('chat:shout')), 'no bot scope'],
    [
      'an unused scope',
      changed((it) => it.oauth_config.scopes.bot.push('pins:write')),
      'nothing uses the bot scope pins:write',
    ],
    [
      'a scope too few for a method',
      changed((it) => remove(it.oauth_config.scopes.bot, 'reactions:write')),
      'reactions.add needs the bot scope reactions:write',
    ],
    [
      'a scope too few for an event',
      changed((it) => remove(it.oauth_config.scopes.bot, 'app_mentions:read')),
      'app_mention needs the bot scope',
    ],
    [
      'no commands scope',
      changed((it) => remove(it.oauth_config.scopes.bot, 'commands')),
      'needs the bot scope commands',
    ],
    [
      'a read-only Messages tab',
      changed((it) => Object.assign(it.features.app_home, { messages_tab_read_only_enabled: true })),
      'direct messages need',
    ],
    [
      'no interactivity',
      changed((it) => Object.assign(it.settings.interactivity, { is_enabled: false })),
      'interactivity',
    ],
    [
      'neither socket nor address',
      changed((it) => Object.assign(it.settings, { socket_mode_enabled: false })),
      'request_url is needed',
    ],
  ])('%s', (_, broken, problem) => {
    expect(checkManifest(broken, METHODS).join('\n')).toContain(problem);
  });

  test('an unknown method', () => {
    expect(checkManifest(manifest, [...METHODS, 'chat.shout'])).toEqual([
      'chat.shout is no known method of the Web API',
    ]);
  });
});

test('methods are found in source text as calls and as names', () => {
  const source = `await web.chat.postMessage({}); web.chat\n  .update({}); apiCall('views.open'); // chat.delete is not called`;
  expect(methodsIn(source).sort()).toEqual(['chat.postMessage', 'chat.update', 'views.open']);
});

function remove(list: string[], item: string): void {
  list.splice(list.indexOf(item), 1);
}
