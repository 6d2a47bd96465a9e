import { type Logger, pino } from 'pino';

/** Where the program writes what happens. Never given a visitor's words above level `debug`, nor a secret. */
export type Log = Logger;

/** The part of an output stream that the log needs. */
export interface LogOutput {
  readonly isTTY?: boolean;
  write(line: string): unknown;
}

/**
 * A log: one JSON object a line, or readable lines when a person watches the terminal.
 * `secrets` are cut out of every line, wherever they come from.
 */
export function createLog(options: {
  readonly level: string;
  readonly output: LogOutput;
  readonly secrets?: readonly string[];
}): Log {
  const { level, output, secrets = [] } = options;
  const hide = hider(secrets);
  const render = output.isTTY ? readable : (line: string) => line;
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describe },
    },
    { write: (line) => output.write(hide(render(line))) },
  );
}

/** Name, message, code, stack and causes of an error; nothing else, since database errors carry rows with them. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  };
}

/** A function that replaces every secret in a log line, also where it was escaped for JSON or for a URL. */
function hider(secrets: readonly string[]): (line: string) => string {
  const forms = secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .sort((one, other) => other.length - one.length);
  return (line) => forms.reduce((text, form) => text.replaceAll(form, '***'), line);
}

/** A log line as a person reads it: time, level, message, then the other fields. */
function readable(line: string): string {
  const { time, level, msg, err, ...fields }: Record<string, unknown> = JSON.parse(line);
  const rest = Object.entries(fields).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const words = `${String(time).slice(11, 19)} ${String(level).toUpperCase().padEnd(5)} ${String(msg ?? '')}${rest.join('')}`;
  return `${words}\n${err === undefined ? '' : `${trace(err)}\n`}`;
}

function trace(error: unknown): string {
  if (typeof error !== 'object' || error === null) return `      ${String(error)}`;
  const { stack, message, cause }: { stack?: unknown; message?: unknown; cause?: unknown } = error;
  const text = String(stack ?? message).replace(/^/gm, '      ');
  return cause === undefined ? text : `${text}\n      caused by:\n${trace(cause)}`;
}
