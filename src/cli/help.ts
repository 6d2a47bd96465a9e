import { type Command, commands } from './commands.ts';

const call = 'npm run wenda --';

/** What `--help` says of the program. */
export function generalHelp(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Wenda answers visitors from curated knowledge, and hands over to a consultant.',
    '',
    `Usage: ${call} COMMAND`,
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${call} COMMAND --help says more about one.`,
  ].join('\n');
}

/** What `--help` says of one command. */
export function commandHelp({ name, summary, usage, details }: Command): string {
  return [`${name}: ${summary}`, '', `Usage: ${call} ${name} ${usage}`.trimEnd(), '', details].join('\n');
}
