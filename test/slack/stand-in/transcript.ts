import type { Json, Message } from './index.ts';
import type { Channel, View, World } from './world.ts';

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const text = (value as Json | undefined)?.['text'];
  return typeof text === 'string' ? text : '';
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function element(one: Json): string {
  switch (one['type']) {
    case 'plain_text':
    case 'mrkdwn':
      return textOf(one);
    case 'image':
      return `(image: ${one['alt_text']})`;
    case 'button':
    case 'icon_button':
      return `[${textOf(one['text'])}]`;
    case 'feedback_buttons':
      return ['positive_button', 'negative_button'].map((key) => `[${textOf((one[key] as Json)['text'])}]`).join(' ');
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return '(______)';
    default: {
      const groups = list(one['option_groups']).flatMap((group) => list(group['options']));
      const labels = [...list(one['options']), ...groups].map((option) => textOf(option['text']));
      return `(${[textOf(one['placeholder']), labels.join(' | ')].filter(Boolean).join(': ')})`;
    }
  }
}

function run(one: Json): string {
  if (one['type'] === 'user') return `<@${one['user_id']}>`;
  if (one['type'] === 'broadcast') return `<!${one['range']}>`;
  if (one['type'] === 'emoji') return `:${one['name']}:`;
  if (one['type'] === 'link') return String(one['text'] ?? one['url']);
  if (one['type'] === 'rich_text_section') return list(one['elements']).map(run).join('');
  return textOf(one);
}

function block(one: Json): string {
  switch (one['type']) {
    case 'section':
      return [
        textOf(one['text']),
        ...list(one['fields']).map(textOf),
        one['accessory'] ? element(one['accessory'] as Json) : '',
      ]
        .filter(Boolean)
        .join('\n');
    case 'header':
      return `# ${textOf(one['text'])}`;
    case 'divider':
      return '---';
    case 'markdown':
      return textOf(one);
    case 'image':
      return element(one);
    case 'input':
      return `${textOf(one['label'])}${one['optional'] ? ' (optional)' : ''}: ${element(one['element'] as Json)}`;
    case 'rich_text':
      return list(one['elements'])
        .map((part) =>
          list(part['elements'])
            .map(run)
            .join(part['type'] === 'rich_text_list' ? '\n' : ''),
        )
        .join('\n');
    case 'table':
      return list(one['rows'])
        .map((row) =>
          list(row)
            .map((cell) => (cell['type'] === 'rich_text' ? block(cell) : textOf(cell)))
            .join(' | '),
        )
        .join('\n');
    default:
      return list(one['elements']).map(element).join(' ');
  }
}

/** Blocks as plain text: buttons as `[label]`, menus as `(placeholder: option | option)`. */
export function plainBlocks(blocks: unknown): string {
  return list(blocks).map(block).join('\n');
}

/** A modal or an App Home as plain text. */
export function plainView(view: View | undefined): string {
  if (!view) return '';
  const { title, blocks, submit, close } = view.content;
  const shown = list(blocks).map((one) => {
    const error = view.errors[String(one['block_id'])];
    return error ? `${block(one)}\n! ${error}` : block(one);
  });
  const buttons = [close, submit].filter(Boolean).map((label) => `[${textOf(label)}]`);
  return [title ? `# ${textOf(title)}` : '', ...shown, buttons.join(' ')].filter(Boolean).join('\n');
}

/** What a user sees of these messages. */
export function plainMessages(world: World, channel: Channel, user: string, thread: string | undefined): string {
  // Ephemeral messages show in a thread only when it has a reply that everybody sees.
  const active = channel.messages.some((one) => isReply(one) && one.thread_ts === thread && !one.ephemeralFor);
  const seen = channel.messages.filter(
    (message) =>
      (thread === undefined || active || !message.ephemeralFor) &&
      (message.ephemeralFor === undefined || message.ephemeralFor === user) &&
      (thread === undefined ? !isReply(message) || message.subtype === 'thread_broadcast' : inThread(message, thread)),
  );
  return seen
    .map((message) => {
      const name = world.users.get(message.user)?.name ?? message.user;
      const body = message.blocks?.length ? plainBlocks(message.blocks) : message.text;
      const files = (message.files ?? []).map((file) => `(file: ${file['name']})`);
      const replies = channel.messages.filter(
        (one) => isReply(one) && one.thread_ts === message.ts && !one.ephemeralFor,
      );
      return [
        `${message.ephemeralFor ? '(only you) ' : ''}${name}: ${[body, ...files].filter(Boolean).join('\n')}${message.edited ? ' (edited)' : ''}`,
        ...message.reactions.map((reaction) => `:${reaction.name}: ${reaction.users.length}`),
        ...(thread === undefined && replies.length > 0 ? [`(${replies.length} replies)`] : []),
      ].join('\n');
    })
    .join('\n');
}

/** True for messages inside a thread, other than its root. */
export function isReply(message: Message): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** True for the root of a thread and everything in it. */
export function inThread(message: Message, thread: string): boolean {
  return message.ts === thread || message.thread_ts === thread;
}
