import { z } from 'zod';
import { accessory, actionElement, contextAction, image, inputElement, line, plain, text } from './elements.ts';
import type { Json } from './index.ts';

const blockId = line(255).optional();
const block = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), block_id: blockId, ...shape });

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();
const run = <T extends string>(type: T, shape: z.ZodRawShape) =>
  z.strictObject({ type: z.literal(type), style, ...shape });
const runs = z.array(
  z.discriminatedUnion('type', [
    run('text', { text: z.string().min(1) }),
    run('link', { url: line(3000), text: z.string().optional(), unsafe: z.boolean().optional() }),
    run('user', { user_id: line(255) }),
    run('usergroup', { usergroup_id: line(255) }),
    run('channel', { channel_id: line(255) }),
    run('broadcast', { range: z.enum(['here', 'channel', 'everyone']) }),
    run('emoji', { name: line(255), unicode: z.string().optional() }),
    run('date', {
      timestamp: z.int(),
      format: z.string(),
      url: z.string().optional(),
      fallback: z.string().optional(),
    }),
    run('color', { value: line(20) }),
  ]),
);
const border = z.union([z.literal(0), z.literal(1)]).optional();
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: runs });
const richText = block('rich_text', {
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({ type: z.literal('rich_text_quote'), border, elements: runs }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          border,
          elements: runs,
          language: z.string().optional(),
        }),
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          indent: z.int().min(0).max(8).optional(),
          offset: z.int().min(0).optional(),
          border,
          elements: z.array(section).min(1),
        }),
      ]),
    )
    .min(1),
});

const everywhere = [
  block('section', {
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  }).refine((it) => it.text !== undefined || it.fields !== undefined, 'needs text or fields'),
  block('header', { text: plain(150) }),
  block('divider', {}),
  block('context', {
    elements: z
      .array(z.union([text(3000), image]))
      .min(1)
      .max(10),
  }),
  block('actions', { elements: z.array(actionElement).min(1).max(25) }),
  block('image', { image_url: line(3000), alt_text: line(2000), title: plain(2000).optional() }),
  block('input', {
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: inputElement,
  }),
  richText,
] as const;

const messageBlock = z.discriminatedUnion('type', [
  ...everywhere,
  block('context_actions', { elements: z.array(contextAction).min(1).max(5) }),
  block('markdown', { text: line(12_000) }),
  block('table', {
    rows: z
      .array(z.array(z.looseObject({ type: z.enum(['raw_text', 'raw_number', 'rich_text']) })).max(20))
      .min(1)
      .max(100),
    column_settings: z.array(z.looseObject({})).max(20).optional(),
  }),
]);
const viewBlock = z.discriminatedUnion('type', [...everywhere]);

const metadata = { private_metadata: z.string().max(3000).optional(), callback_id: z.string().max(255).optional() };
const modal = z.strictObject({
  type: z.literal('modal'),
  title: plain(24),
  blocks: z.array(viewBlock).max(100),
  close: plain(24).optional(),
  submit: plain(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  external_id: z.string().max(255).optional(),
  ...metadata,
});
const home = z.strictObject({
  type: z.literal('home'),
  blocks: z.array(viewBlock).max(100),
  external_id: z.string().max(255).optional(),
  ...metadata,
});

/** What Slack says against these blocks of a message; nothing when it takes them. */
export function checkBlocks(blocks: unknown): string[] {
  return problems(z.array(messageBlock).max(50), blocks, '/blocks', blocks);
}

/** What Slack says against this view; nothing when it takes it. */
export function checkView(view: unknown): string[] {
  const blocks = z.looseObject({ blocks: z.unknown() }).safeParse(view).data?.blocks;
  const found = problems(z.discriminatedUnion('type', [modal, home]), view, '/view', blocks);
  const parsed = modal.safeParse(view).data;
  if (parsed?.blocks.some(({ type }) => type === 'input') && !parsed.submit) {
    found.push('missing required field: submit [json-pointer:/view]');
  }
  return found;
}

function problems(schema: z.ZodType, value: unknown, root: string, blocks: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ambiguous(Array.isArray(blocks) ? blocks : [], root);
  return parsed.error.issues.map(({ path, message }) => `${message} [json-pointer:${[root, ...path].join('/')}]`);
}

/** Ids that are there twice. */
function ambiguous(blocks: readonly Json[], root: string): string[] {
  const found: string[] = [];
  const twice = (ids: readonly unknown[]) => ids.find((id, at) => id !== undefined && ids.indexOf(id) !== at);
  const block = twice(blocks.map((one) => one['block_id']));
  if (block !== undefined) found.push(`\`block_id\` ${block} already exists [json-pointer:${root}]`);
  blocks.forEach((one, at) => {
    const elements = Array.isArray(one['elements']) ? (one['elements'] as Json[]) : [];
    const action = twice(elements.map((element) => element['action_id']));
    if (action !== undefined)
      found.push(`\`action_id\` ${action} already exists for this block [json-pointer:${root}/${at}]`);
  });
  return found;
}
