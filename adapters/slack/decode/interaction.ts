import { z } from 'zod';
import { conversationIn, messageOf } from '../encode/block-id.ts';
import { actions } from '../encode/choices.ts';

const text = z.object({ text: z.string() });
const option = z.object({ value: z.string(), text });

const state = z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) });

const click = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
    view_id: z.string().optional(),
  }),
  message: z
    .object({
      blocks: z.array(z.record(z.string(), z.unknown())).optional(),
      text: z.string().optional(),
      thread_ts: z.string().optional(),
    })
    .optional(),
  view: z.object({ id: z.string(), type: z.string(), state: state.optional() }).nullish(),
  state: state.optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string().default(''),
        action_ts: z.string().optional(),
        value: z.string().optional(),
        text: text.optional(),
        selected_option: option.nullish(),
        selected_user: z.string().nullish(),
      }),
    )
    .min(1),
});

/** A click on one of our controls. */
export interface Clicked {
  readonly user: string;
  readonly team: string | undefined;
  /** The conversation that the control belongs to; undefined on messages of another version. */
  readonly conversation: string | undefined;
  readonly action: string;
  /** Ids of what was picked, and their words; empty for boxes that are only being ticked. */
  readonly ids: readonly string[];
  readonly label: string;
  readonly block: string;
  /** Changes with every click. */
  readonly at: string;
  readonly respond: string | undefined;
  readonly trigger: string | undefined;
  readonly message:
    | {
        readonly channel: string;
        readonly ts: string;
        readonly thread: string | undefined;
        readonly ephemeral: boolean;
        readonly text: string;
        readonly blocks: readonly Readonly<Record<string, unknown>>[];
      }
    | undefined;
  readonly view: { readonly id: string; readonly home: boolean } | undefined;
}

/** Reads a `block_actions` interaction. Undefined when it is none of ours. */
export function decodeClick(raw: unknown): Clicked | undefined {
  const parsed = click.safeParse(raw);
  const [action] = parsed.data?.actions ?? [];
  if (!parsed.success || !action) return undefined;
  const { user, team, container, message, view, response_url: respond, trigger_id: trigger } = parsed.data;
  const { message_ts: ts, channel_id: channel } = container;
  const ticked =
    action.action_id === actions.confirm
      ? tickedIn((view?.state ?? parsed.data.state)?.values ?? {}, action.block_id)
      : [];
  const { selected_option: selected, selected_user: person } = action;
  const whole = [
    ...ticked,
    ...(selected ? [selected] : []),
    ...(person ? [{ value: person, text: { text: '' } }] : []),
    ...(action.value === undefined || ticked.length > 0
      ? []
      : [{ value: action.value, text: { text: action.text?.text ?? labelIn(message?.blocks ?? [], action.value) } }]),
  ];
  return {
    user: user.id,
    team: user.team_id ?? team?.id,
    conversation: conversationIn(action.block_id),
    action: action.action_id,
    ids: whole.map(({ value }) => value),
    label: whole.map((one) => one.text.text).join(', '),
    block: action.block_id,
    at: action.action_ts ?? '',
    respond,
    trigger,
    message:
      ts === undefined || channel === undefined
        ? undefined
        : {
            channel,
            ts,
            thread: container.thread_ts ?? message?.thread_ts,
            ephemeral: container.is_ephemeral === true,
            text: message?.text ?? '',
            blocks: message?.blocks ?? [],
          },
    view: view ? { id: view.id, home: view.type === 'home' } : undefined,
  };
}

/** The boxes that are ticked in the message of this block: a window also tells those of what it showed before. */
function tickedIn(values: z.output<typeof state>['values'], beside: string): readonly z.output<typeof option>[] {
  return Object.entries(values).flatMap(([block, elements]) => {
    const boxes = z.object({ selected_options: z.array(option) }).safeParse(elements[actions.multiple]);
    return messageOf(block) === messageOf(beside) ? (boxes.data?.selected_options ?? []) : [];
  });
}

/** The words of a feedback button: its click tells only the value. */
function labelIn(blocks: readonly unknown[], value: string): string {
  const half = z.object({ value: z.literal(value), text });
  const find = (node: unknown): string | undefined => {
    if (typeof node !== 'object' || node === null) return undefined;
    const found = half.safeParse(node);
    if (found.success) return found.data.text.text;
    for (const inner of Object.values(node)) {
      const deeper = find(inner);
      if (deeper !== undefined) return deeper;
    }
    return undefined;
  };
  return find(blocks) ?? '';
}

/** A slash command. */
export const command = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  team_id: z.string(),
  channel_id: z.string(),
  response_url: z.string(),
  trigger_id: z.string(),
});

/** A shortcut from the menu of Slack. */
export const shortcut = z.object({
  callback_id: z.string(),
  trigger_id: z.string(),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
});

/** A shortcut from the menu of a message. */
export const messageShortcut = shortcut.extend({
  channel: z.object({ id: z.string() }),
  message: z.record(z.string(), z.unknown()),
  response_url: z.string(),
});

/** The App Home or the agent pane was opened. */
export const homeOpened = z.object({ user: z.string(), channel: z.string().optional(), tab: z.string().optional() });
