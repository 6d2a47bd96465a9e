/** What Slack's reference pages say of a Web API method. */
export interface MethodFacts {
  /** Calls a minute for a workspace and app; `post`: chat.postMessage's own pace. */
  readonly perMinute: number | 'post';
  /** Any of these bot scopes gives the method; for methods that read a channel, the one of the channel's type. */
  readonly scopes: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Called with the app-level token. */
  readonly app?: true;
}

const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const CONTENT = ['text', 'blocks', 'attachments', 'markdown_text', 'metadata', 'parse', 'link_names', 'mrkdwn'];
const PAGE = ['cursor', 'limit'];
const SPAN = [...PAGE, 'oldest', 'latest', 'inclusive', 'include_all_metadata'];

function method(
  perMinute: MethodFacts['perMinute'],
  scopes: readonly string[],
  required: string,
  optional: readonly string[] = [],
): MethodFacts {
  return { perMinute, scopes, required: required.split(' ').filter(Boolean), optional };
}

/** The methods that the stand-in knows, with tier, scopes and arguments (docs.slack.dev/reference/methods). */
export const METHODS: Readonly<Record<string, MethodFacts>> = {
  'auth.test': method(600, [], ''),
  'apps.connections.open': { ...method(50, ['connections:write'], ''), app: true },
  'api.test': method(100, [], '', ['error', 'foo']),
  'bots.info': method(50, ['users:read'], '', ['bot']),
  'team.info': method(50, ['team:read'], '', ['team', 'domain']),
  'users.info': method(100, ['users:read'], 'user', ['include_locale']),
  'users.conversations': method(50, READ, '', [...PAGE, 'user', 'types', 'exclude_archived']),
  'chat.postMessage': method('post', ['chat:write'], 'channel', [
    ...CONTENT,
    'thread_ts',
    'reply_broadcast',
    'unfurl_links',
    'unfurl_media',
  ]),
  'chat.update': method(50, ['chat:write'], 'channel ts', [...CONTENT, 'reply_broadcast', 'file_ids']),
  'chat.delete': method(50, ['chat:write'], 'channel ts'),
  'chat.postEphemeral': method(100, ['chat:write'], 'channel user', [...CONTENT, 'thread_ts']),
  'chat.getPermalink': method(600, [], 'channel message_ts'),
  'conversations.info': method(50, READ, 'channel', ['include_locale', 'include_num_members']),
  'conversations.list': method(20, READ, '', [...PAGE, 'types', 'exclude_archived']),
  'conversations.history': method(50, HISTORY, 'channel', SPAN),
  'conversations.replies': method(50, HISTORY, 'channel ts', SPAN),
  'conversations.members': method(100, READ, 'channel', PAGE),
  'conversations.open': method(50, ['im:write', 'mpim:write'], '', [
    'users',
    'channel',
    'return_im',
    'prevent_creation',
  ]),
  'conversations.join': method(50, ['channels:join'], 'channel'),
  'reactions.add': method(50, ['reactions:write'], 'channel timestamp name'),
  'reactions.remove': method(20, ['reactions:write'], 'name', ['channel', 'timestamp', 'file']),
  'views.open': method(100, [], 'view', ['trigger_id', 'interactivity_pointer']),
  'views.push': method(100, [], 'view', ['trigger_id', 'interactivity_pointer']),
  'views.update': method(100, [], 'view', ['view_id', 'external_id', 'hash']),
  'views.publish': method(100, [], 'user_id view', ['hash']),
  'assistant.threads.setStatus': method(600, ['chat:write', 'assistant:write'], 'channel_id thread_ts status', [
    'loading_messages',
    'is_send_allowed',
  ]),
  'assistant.threads.setSuggestedPrompts': method(600, ['assistant:write'], 'channel_id prompts', [
    'thread_ts',
    'title',
  ]),
  'assistant.threads.setTitle': method(600, ['assistant:write'], 'channel_id thread_ts title'),
  'agents.sessions.setStatus': method(100, ['chat:write'], 'status', [
    'channel_id',
    'thread_ts',
    'title',
    'initiator_user_id',
  ]),
  'files.getUploadURLExternal': method(100, ['files:write'], 'filename length', [
    'alt_text',
    'alt_txt',
    'snippet_type',
  ]),
  'files.completeUploadExternal': method(100, ['files:write'], 'files', [
    'channel_id',
    'channels',
    'thread_ts',
    'initial_comment',
    'blocks',
  ]),
  'files.delete': method(50, ['files:write'], 'file'),
  'files.info': method(100, ['files:read'], 'file', [...PAGE, 'count', 'page']),
};

/** Bot events and the scopes of which any one gives them; an empty list: none is needed (docs.slack.dev/reference/events). */
export const EVENTS: Readonly<Record<string, readonly string[]>> = {
  agent_session_stopped: [],
  agent_session_title_changed: [],
  app_context_changed: [],
  app_home_opened: [],
  app_installed: [],
  app_mention: ['app_mentions:read'],
  app_rate_limited: [],
  app_uninstalled: [],
  assistant_thread_context_changed: ['assistant:write'],
  assistant_thread_started: ['assistant:write'],
  call_rejected: ['calls:read'],
  channel_archive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_history_changed: ['channels:history', 'groups:history', 'mpim:history'],
  channel_id_changed: ['channels:read', 'groups:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unarchive: ['channels:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  dnd_updated_user: ['dnd:read'],
  emoji_changed: ['emoji:read'],
  file_change: ['files:read'],
  file_created: ['files:read'],
  file_deleted: ['files:read'],
  file_public: ['files:read'],
  file_shared: ['files:read'],
  file_unshared: ['files:read'],
  function_executed: [],
  grid_migration_finished: [],
  grid_migration_started: [],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_history_changed: ['groups:history'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  im_history_changed: ['im:history'],
  link_shared: ['links:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  message_metadata_deleted: ['metadata.message:read'],
  message_metadata_posted: ['metadata.message:read'],
  message_metadata_updated: ['metadata.message:read'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  shared_channel_invite_accepted: ['conversations.connect:manage'],
  shared_channel_invite_approved: ['conversations.connect:manage'],
  shared_channel_invite_declined: ['conversations.connect:manage'],
  shared_channel_invite_received: ['conversations.connect:read'],
  star_added: ['stars:read'],
  star_removed: ['stars:read'],
  subteam_created: ['usergroups:read'],
  subteam_members_changed: ['usergroups:read'],
  subteam_self_added: ['usergroups:read'],
  subteam_self_removed: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  team_access_granted: [],
  team_access_revoked: [],
  team_domain_change: ['team:read'],
  team_join: ['users:read'],
  team_rename: ['team:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
  user_huddle_changed: ['users:read'],
  user_profile_changed: ['users.profile:read'],
  user_status_changed: ['users:read'],
};

/** Every bot scope that Slack knows (docs.slack.dev/reference/scopes). */
export const BOT_SCOPES: ReadonlySet<string> = new Set(
  `app_mentions:read assistant:write bookmarks:read bookmarks:write calls:read calls:write canvases:read canvases:write
  channels:history channels:join channels:manage channels:read channels:write.invites channels:write.topic chat:write
  chat:write.customize chat:write.public commands conversations.connect:manage conversations.connect:read
  conversations.connect:write datastore:read datastore:write dnd:read emoji:read files:read files:write groups:history
  groups:read groups:write groups:write.invites groups:write.topic im:history im:read im:write im:write.topic
  incoming-webhook links.embed:write links:read links:write lists:read lists:write metadata.message:read mpim:history
  mpim:read mpim:write mpim:write.topic pins:read pins:write reactions:read reactions:write reminders:read
  reminders:write remote_files:read remote_files:share remote_files:write search:read.files search:read.public
  search:read.users stars:read stars:write team.billing:read team.preferences:read team:read triggers:read
  triggers:write usergroups:read usergroups:write users.profile:read users:read users:read.email users:write
  workflow.steps:execute`.split(/\s+/),
);
