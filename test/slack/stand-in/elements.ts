import { z } from 'zod';

/** A string of 1 to `max` characters. */
export const line = (max: number) => z.string().min(1).max(max);
const flag = z.boolean().optional();

/** Text object of type plain_text. */
export const plain = (max: number) => z.strictObject({ type: z.literal('plain_text'), text: line(max), emoji: flag });

/** Text object of either type. */
export const text = (max: number) =>
  z.discriminatedUnion('type', [
    plain(max),
    z.strictObject({ type: z.literal('mrkdwn'), text: line(max), verbatim: flag }),
  ]);

const address = z
  .string()
  .max(3000)
  .regex(/^(https?:\/\/|mailto:|slack:\/\/)/, 'must be a valid URL');
const actionId = line(255).optional();
const placeholder = plain(150).optional();
const confirm = z
  .strictObject({
    title: plain(100),
    text: text(300),
    confirm: plain(30),
    deny: plain(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();
// Slack's pages name 75 and 150 for an option's value; the lower one is refused by neither.
const option = z.strictObject({
  text: text(75),
  value: line(75),
  description: text(75).optional(),
  url: address.optional(),
});
const options = (max: number) => z.array(option).min(1).max(max);
const groups = z
  .array(z.strictObject({ label: plain(75), options: options(100) }))
  .min(1)
  .max(100);
const common = { action_id: actionId, focus_on_load: flag, confirm };
const dispatch = z.strictObject({ trigger_actions_on: z.array(z.string()).min(1).max(2) }).optional();
const many = { max_selected_items: z.int().min(1).optional() };
const chosen = z.array(line(255)).optional();

const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: address.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm,
  accessibility_label: line(75).optional(),
});

const menu = <T extends string>(type: T) =>
  z
    .strictObject({
      type: z.literal(type),
      ...common,
      ...(type.startsWith('multi') ? many : {}),
      placeholder,
      options: options(100).optional(),
      option_groups: groups.optional(),
      initial_option: option.optional(),
      initial_options: options(100).optional(),
    })
    .refine((it) => (it.options === undefined) !== (it.option_groups === undefined), 'needs options or option_groups');

const external = <T extends string>(type: T) =>
  z.strictObject({
    type: z.literal(type),
    ...common,
    ...(type.startsWith('multi') ? many : {}),
    placeholder,
    min_query_length: z.int().min(0).optional(),
    initial_option: option.optional(),
    initial_options: options(100).optional(),
  });

const people = <T extends string>(type: T) =>
  z.strictObject({
    type: z.literal(type),
    ...common,
    ...many,
    placeholder,
    initial_user: line(255).optional(),
    initial_users: chosen,
    initial_channel: line(255).optional(),
    initial_channels: chosen,
    initial_conversation: line(255).optional(),
    initial_conversations: chosen,
    default_to_current_conversation: flag,
    response_url_enabled: flag,
    filter: z.looseObject({}).optional(),
  });

const picker = <T extends string>(type: T, initial: string, value: z.ZodType) =>
  z.strictObject({ type: z.literal(type), ...common, placeholder, [initial]: value.optional() });

const group = <T extends string>(type: T, initial: string, value: z.ZodType) =>
  z.strictObject({ type: z.literal(type), ...common, options: options(10), [initial]: value.optional() });

const typed = <T extends string>(type: T, rest: z.ZodRawShape = {}) =>
  z.strictObject({
    type: z.literal(type),
    action_id: actionId,
    focus_on_load: flag,
    placeholder,
    initial_value: z.string().max(3000).optional(),
    dispatch_action_config: dispatch,
    ...rest,
  });

const selects = [
  menu('static_select'),
  menu('multi_static_select'),
  external('external_select'),
  external('multi_external_select'),
  people('users_select'),
  people('multi_users_select'),
  people('conversations_select'),
  people('multi_conversations_select'),
  people('channels_select'),
  people('multi_channels_select'),
] as const;

const choices = [
  ...selects,
  group('radio_buttons', 'initial_option', option),
  group('checkboxes', 'initial_options', options(10)),
  picker('datepicker', 'initial_date', z.iso.date()),
  picker('timepicker', 'initial_time', z.string().regex(/^\d\d:\d\d$/)),
] as const;

const overflow = z.strictObject({ type: z.literal('overflow'), action_id: actionId, options: options(5), confirm });
const moment = z.strictObject({
  type: z.literal('datetimepicker'),
  ...common,
  initial_date_time: z.int().optional(),
});

const thumb = z.strictObject({
  text: plain(75),
  value: z.string().max(2000),
  accessibility_label: line(75).optional(),
});
const feedback = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: actionId,
  positive_button: thumb,
  negative_button: thumb,
});
const icon = z.strictObject({
  type: z.literal('icon_button'),
  action_id: actionId,
  icon: z.literal('trash'),
  text: plain(75),
  value: z.string().max(2000).optional(),
  accessibility_label: line(75).optional(),
  visible_to_user_ids: chosen,
  confirm,
});

/** An image as an element. */
export const image = z.strictObject({
  type: z.literal('image'),
  image_url: address,
  alt_text: line(2000),
});

/** What an actions block may hold. */
export const actionElement = z.discriminatedUnion('type', [button, overflow, moment, ...choices]);

/** What may stand beside a section's text. */
export const accessory = z.discriminatedUnion('type', [button, overflow, image, ...choices]);

/** What a context_actions block may hold. */
export const contextAction = z.discriminatedUnion('type', [feedback, icon]);

/** What an input block may hold. */
export const inputElement = z.discriminatedUnion('type', [
  ...choices,
  moment,
  typed('plain_text_input', {
    multiline: flag,
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  }),
  typed('email_text_input'),
  typed('url_text_input'),
  typed('number_input', {
    is_decimal_allowed: z.boolean(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  typed('file_input', {
    filetypes: z.array(line(20)).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
]);
