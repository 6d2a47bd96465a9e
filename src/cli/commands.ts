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
    usage: '[--json] [--explain] [--knowledge DIR]',
    details:
      'One message a line: raw text, or a JSON string ("…"). One line of output each, in order.\n' +
      '  --json           a line of JSON: text, language, verdict, entry, confidence, candidates, ms\n' +
      '  --explain        why: how the text was read, what counted, the scores, the rule that decided;\n' +
      '                   a block for each message (with --json a line: text, parts)\n' +
      '  --knowledge DIR  folder with entries/*.yaml or *.yaml (default: KNOWLEDGE_DIR, or knowledge)',
    options: { json: flag, explain: flag, knowledge },
    load: () => import('./match.ts'),
  },
  {
    name: 'check',
    summary: 'check the knowledge, and that every dialog goes as written',
    usage: '[--diff REV | --accept-translations [ID ...]] [--json] [--github] [--knowledge DIR]',
    details:
      'Lists every problem with file, line and remedy. Exit code 1 when there are errors.\n' +
      '  --json           all problems as one JSON object\n' +
      '  --github         each problem as an annotation too, on stderr (always in GitHub Actions)\n' +
      '  --collisions     list each question that its own entry would not win if it did not stand there\n' +
      '  --knowledge DIR  the folder to check (default: KNOWLEDGE_DIR, or knowledge)\n' +
      '\n' +
      '  --accept-translations [ID ...]  note that the answers of these entries (of all, without ID) say the same in\n' +
      '                                  both languages now; written to translations.yaml\n' +
      '\n' +
      '  --diff REV       what changes for recorded and evaluation questions since a git revision;\n' +
      '                   exit code 1 only when one of the two cannot be read\n' +
      '  --days N         recorded questions of the last N days (default: 90)',
    options: {
      json: flag,
      knowledge,
      github: flag,
      collisions: flag,
      'accept-translations': flag,
      diff: { type: 'string' },
      days: { type: 'string' },
    },
    names: true,
    load: () => import('./check.ts'),
  },
  {
    name: 'doctor',
    summary: 'check settings, database and channels, and say what to do',
    usage: '',
    details:
      'Looks at every channel that is configured: tokens, permissions, whether the bot is in its channels.\n' +
      'Sends nothing to anybody. Exit code 1 when something does not work.',
    options: {},
    load: () => import('./doctor.ts'),
  },
  {
    name: 'report',
    summary: 'what was asked, answered, missed and handed over, and what visitors taught',
    usage: '[--days N] [--json] [--knowledge DIR]',
    details:
      'E-mail addresses and long numbers in what visitors wrote are masked. Texts after which a visitor picked an\n' +
      'entry are proposed as new questions of it; nothing is written into the knowledge.\n' +
      '  --days N         the last N days (default: 7)\n' +
      '  --json           the figures as JSON\n' +
      '  --knowledge DIR  the folder with the questions that there are (default: KNOWLEDGE_DIR, or knowledge)',
    options: { json: flag, days: { type: 'string' }, knowledge },
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
