import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../src/cli.js');

/** Starts the program as a child process; standard input stays open. */
export function startWenda(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  // What is set outside must not decide a test.
  const { GITHUB_ACTIONS: _, KNOWLEDGE_DIR: __, DATA_DIR: ___, DATABASE_URL: ____, ...env } = process.env;
  return spawn(process.execPath, ['--no-warnings', program, ...args], {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the program to its end with this input. */
export async function wenda(
  args: readonly string[],
  options: { input?: string | Buffer; cwd?: string; env?: Record<string, string> } = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = startWenda(args, options);
  // A program that ends before it has read everything closes the pipe: that is no fault of the test.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const [out, err, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { code, out, err };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
