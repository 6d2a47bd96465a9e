import { z } from 'zod';
import { BOT_SCOPES, EVENTS, METHODS } from './platform.ts';

const line = (max: number, min = 1) => z.string().min(min).max(max);
const address = z
  .string()
  .regex(/^https?:\/\//)
  .max(3500);
const prompt = z.strictObject({ title: line(75), message: line(4000) });
const names = (max: number) => z.array(line(50)).max(max).refine(unique, 'has an element twice');

function unique(items: readonly string[]): boolean {
  return new Set(items).size === items.length;
}

const shortcut = z.strictObject({
  name: line(24),
  type: z.enum(['message', 'global']),
  callback_id: line(255),
  description: line(150),
});

const command = z.strictObject({
  command: line(32, 2).regex(/^\//),
  description: line(2000),
  usage_hint: line(1000).optional(),
  url: address.optional(),
  should_escape: z.boolean().optional(),
});

/** Version 2 of the manifest, as far as an app like this uses it (github.com/slackapi/manifest-schema). */
const schema = z.strictObject({
  $schema: z.url().optional(),
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.int().optional() }),
  display_information: z.strictObject({
    name: line(35),
    description: line(140).optional(),
    background_color: z
      .string()
      .regex(/^#([0-9a-fA-F]{3}){1,2}$/)
      .optional(),
    long_description: line(4000, 175).optional(),
  }),
  features: z.strictObject({
    app_home: z
      .strictObject({
        home_tab_enabled: z.boolean().optional(),
        messages_tab_enabled: z.boolean().optional(),
        messages_tab_read_only_enabled: z.boolean().optional(),
      })
      .optional(),
    bot_user: z.strictObject({ display_name: line(80), always_online: z.boolean().optional() }),
    shortcuts: z.array(shortcut).min(1).max(10).optional(),
    slash_commands: z.array(command).min(1).max(50).optional(),
    agent_view: z
      .strictObject({
        agent_description: line(300).optional(),
        suggested_prompts: z.array(prompt).max(4).optional(),
        actions: z.array(z.strictObject({ name: line(75), description: line(300) })).optional(),
      })
      .optional(),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(z.string().max(2500)).optional(),
    scopes: z.strictObject({ bot: names(255), bot_optional: names(255).optional() }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address.optional(), bot_events: names(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: address.optional() }).optional(),
    org_deploy_enabled: z.boolean().optional(),
    socket_mode_enabled: z.boolean().optional(),
    token_rotation_enabled: z.boolean().optional(),
    is_mcp_enabled: z.boolean().optional(),
  }),
});

type Manifest = z.infer<typeof schema>;

/**
 * Problems of an app manifest, one sentence each; none means that Slack takes it and the app gets what it needs and no more.
 * `methods` are the Web API methods that the app calls.
 */
export function checkManifest(manifest: unknown, methods: Iterable<string>): string[] {
  const parsed = schema.safeParse(manifest);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.join('.') || 'manifest'}: ${issue.message}`);
  }
  return [...surfaces(parsed.data), ...scopes(parsed.data, [...methods])];
}

/** Names of the known Web API methods that a source text calls: `chat.postMessage(`, or as a quoted name. */
export function methodsIn(source: string): string[] {
  return Object.keys(METHODS).filter((name) => {
    const pattern = name.replaceAll('.', '\\s*\\.\\s*');
    return new RegExp(`\\b${pattern}\\s*\\(|['"\`]${name}['"\`]`).test(source);
  });
}

function surfaces({ features, settings }: Manifest): string[] {
  const events = new Set(settings.event_subscriptions.bot_events);
  const home = features.app_home ?? {};
  const rules: [boolean, string][] = [
    [
      events.has('message.im') && !(home.messages_tab_enabled && home.messages_tab_read_only_enabled === false),
      'features.app_home: direct messages need messages_tab_enabled true and messages_tab_read_only_enabled false',
    ],
    [!!home.home_tab_enabled && !events.has('app_home_opened'), 'a Home tab needs the event app_home_opened'],
    [!!features.agent_view && !events.has('app_home_opened'), 'agent_view needs the event app_home_opened'],
    [!!features.agent_view && !events.has('message.im'), 'agent_view needs the event message.im'],
    [events.has('app_context_changed') && !features.agent_view, 'app_context_changed comes with agent_view only'],
    [
      (!!features.shortcuts || !!home.home_tab_enabled) && !settings.interactivity?.is_enabled,
      'settings.interactivity.is_enabled must be true for shortcuts, buttons and views',
    ],
    [
      !settings.socket_mode_enabled && !settings.event_subscriptions.request_url,
      'settings: without socket_mode_enabled, event_subscriptions.request_url is needed',
    ],
    [
      (features.slash_commands ?? []).some(({ url }) => !settings.socket_mode_enabled && !url),
      'features.slash_commands: without socket_mode_enabled each needs a url',
    ],
    [
      !unique((features.shortcuts ?? []).map((one) => one.callback_id)),
      'features.shortcuts: a callback_id is there twice',
    ],
    [!unique((features.slash_commands ?? []).map((one) => one.command)), 'features.slash_commands: one is there twice'],
  ];
  return rules.filter(([broken]) => broken).map(([, problem]) => problem);
}

function scopes({ features, oauth_config, settings }: Manifest, methods: readonly string[]): string[] {
  const granted = new Set([...oauth_config.scopes.bot, ...(oauth_config.scopes.bot_optional ?? [])]);
  const used = new Set<string>();
  const problems: string[] = [];
  const need = (what: string, anyOf: readonly string[]) => {
    for (const scope of anyOf) used.add(scope);
    if (anyOf.length > 0 && !anyOf.some((scope) => granted.has(scope))) {
      problems.push(`${what} needs the bot scope ${anyOf.join(' or ')}`);
    }
  };

  for (const scope of granted) if (!BOT_SCOPES.has(scope)) problems.push(`${scope} is no bot scope of Slack`);
  for (const event of settings.event_subscriptions.bot_events) {
    const anyOf = EVENTS[event];
    if (anyOf) need(`the event ${event}`, anyOf);
    else problems.push(`${event} is no bot event of Slack`);
  }
  for (const method of methods) {
    const facts = METHODS[method];
    if (!facts) problems.push(`${method} is no known method of the Web API`);
    else if (!facts.app) need(method, facts.scopes);
  }
  if (features.slash_commands || features.shortcuts) need('a slash command or shortcut', ['commands']);
  if (features.agent_view) need('agent_view', ['assistant:write']);
  for (const scope of granted) {
    if (BOT_SCOPES.has(scope) && !used.has(scope)) problems.push(`nothing uses the bot scope ${scope}`);
  }
  return problems;
}
