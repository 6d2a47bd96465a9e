import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { commands } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';

/** Exit code for a command line that cannot be understood. */
const misused = 2;

/** Runs the command that these arguments name, and returns the exit code. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const known = commands.find((command) => command.name === rest[0]);
    console.log(known ? commandHelp(known) : generalHelp());
    return name === undefined ? misused : 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    console.error(`There is no command "${name}". There are: ${commands.map((one) => one.name).join(', ')}.`);
    return misused;
  }
  const help = { help: { type: 'boolean', short: 'h' } } as const;
  let given: ReturnType<typeof parseArgs>;
  try {
    given = parseArgs({
      args: rest,
      options: { ...command.options, ...help },
      allowPositionals: command.names ?? false,
    });
  } catch (error) {
    const sentence = error instanceof Error ? error.message.split(/\. |\n/)[0]?.replace(/\.$/, '') : String(error);
    console.error(`${sentence}. See: npm run wenda -- ${name} --help`);
    return misused;
  }
  const { help: asked, ...options } = given.values;
  if (asked) {
    console.log(commandHelp(command));
    return 0;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  endQuietlyWithoutReader();
  try {
    const { run } = await command.load();
    return await run({ options: single(options), names: given.positionals });
  } catch (error) {
    console.error(sentenceOf(error));
    return 1;
  }
}

function single(values: ReturnType<typeof parseArgs>['values']) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  );
}

/** Our own errors speak for themselves; of others the place matters too. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.name !== 'Error' && /^[A-Z]\w+Error$/.test(error.name) && !isBuiltIn(error);
  return own ? error.message : (error.stack ?? error.message);
}

function isBuiltIn({ name }: Error): boolean {
  return name in globalThis;
}

/** `wenda match | head` ends the pipe before everything is written: nothing is wrong then. */
function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
