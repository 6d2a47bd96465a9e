import type { ParseArgsOptionsConfig } from 'node:util';

/** What was typed after the name of a command. */
export interface Given {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly names: readonly string[];
}

/** A module that carries a command out; the number is the exit code. */
interface CommandModule {
  run(given: Given): Promise<number>;
}

/** A command: what it is called, what it takes, and where its code is, which is loaded only when it is used. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands behind the name in a usage line. */
  readonly usage: string;
  readonly details: string;
  readonly options: ParseArgsOptionsConfig;
  /** True when names (of files) may follow. */
  readonly names?: true;
  load(): Promise<CommandModule>;
}

const knowledge = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export const commands: readonly Command[] = [
  {
    name: 'start',
    summary: 'run every channel that is configured',
    usage: '',
    details:
      'Without any setting: web chat on http://127.0.0.1:3000, SQLite under data/. Settings come from the\n' +
      'environment or from .env; README.md lists them. Ctrl+C stops it.',
    options: {},
    load: () => import('./start.ts'),
  },
  {
    name: 'chat',
    summary: 'talk to the bot in the terminal',
    usage: '',
    details: 'Pick choices by their number. /quit or Ctrl+D ends it. Works in a pipe too: one message a line.',
    options: {},
    load: () => import('./chat.ts'),
  },
  {
    name: 'match',
    summary: 'show which entry each message on stdin is matched to',
    usage: '[--json] [--knowledge DIR]',
    details:
      'One message a line: raw text, or a JSON string ("…"). One line of output each, in order.\n' +
      '  --json           a line of JSON: text, language, verdict, entry, confidence, candidates, ms\n' +
      '  --knowledge DIR  folder with entries/*.yaml or *.yaml (default: KNOWLEDGE_DIR, or knowledge)',
    options: { json: flag, knowledge },
    load: () => import('./match.ts'),
  },
  {
    name: 'check',
    summary: 'check the knowledge, and that every dialog goes as written',
    usage: '[--json] [--knowledge DIR]',
    details:
      'Lists every problem with file, line and remedy. Exit code 1 when there are errors.\n' +
      '  --json           all problems as JSON\n' +
      '  --knowledge DIR  the folder to check (default: KNOWLEDGE_DIR, or knowledge)',
    options: { json: flag, knowledge },
    load: () => import('./check.ts'),
  },
  {
    name: 'report',
    summary: 'what was asked, answered, missed and handed over',
    usage: '[--days N] [--json]',
    details:
      'E-mail addresses and long numbers in what visitors wrote are masked.\n' +
      '  --days N  the last N days (default: 7)\n' +
      '  --json    the figures as JSON',
    options: { json: flag, days: { type: 'string' } },
    load: () => import('./report.ts'),
  },
  {
    name: 'dialogs',
    summary: 'play the dialogs of the knowledge and show what goes otherwise',
    usage: '[--update] [--knowledge DIR] [FILE ...]',
    details:
      'Without FILE: every dialog of the knowledge. Exit code 1 when one goes otherwise.\n' +
      '  --update         write what happens now into the files; look at the difference before you keep it\n' +
      '  --knowledge DIR  the folder of the knowledge (default: KNOWLEDGE_DIR, or knowledge)',
    options: { update: flag, knowledge },
    names: true,
    load: () => import('./dialogs.ts'),
  },
  {
    name: 'wechat-menu',
    summary: 'create the menu of the WeChat service account',
    usage: '[--show]',
    details:
      'Made from the topics of the knowledge: click buttons for topics, the questionnaire and a consultant.\n' +
      'Replaces the menu that the account has now. Needs WECHAT_APP_ID, WECHAT_TOKEN and WECHAT_APP_SECRET.\n' +
      '  --show  only print it',
    options: { show: flag },
    load: () => import('./wechat-menu.ts'),
  },
  {
    name: 'schema',
    summary: 'write the JSON Schemas with which editors check the knowledge',
    usage: '',
    details: 'Writes knowledge/schema/*.schema.json. Needed after a change of the format only.',
    options: {},
    load: () => import('./schema.ts'),
  },
];
