import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The knowledge of another revision cannot be read; the message says why and what to do. */
export class RevisionError extends Error {
  override readonly name = 'RevisionError';
}

/** Does something with the folder as it was at a git revision, laid out in a temporary folder that is gone afterwards. */
export async function withRevision<T>(dir: string, revision: string, use: (dir: string) => Promise<T>): Promise<T> {
  const root = await git(
    dir,
    ['rev-parse', '--show-toplevel'],
    `${dir} is not in a git repository: there is nothing to compare with`,
  );
  const prefix = await git(dir, ['rev-parse', '--show-prefix'], `git cannot tell where ${dir} is in its repository`);
  const commit = await git(
    root,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    `there is no revision "${revision}" here. Give a commit, branch or tag; fetch it first if the clone is shallow`,
  );
  const temporary = await mkdtemp(join(tmpdir(), 'wenda-revision-'));
  try {
    // With an index of its own nothing in the repository is touched.
    const environment = { GIT_INDEX_FILE: join(temporary, 'index') };
    const tree = `${commit}:${prefix.replace(/\/$/, '')}`;
    await git(root, ['read-tree', tree], `there was no ${dir} at ${revision}`, environment);
    const folder = join(temporary, 'knowledge');
    await git(
      root,
      ['checkout-index', '--all', `--prefix=${folder}/`],
      `${dir} of ${revision} cannot be read`,
      environment,
    );
    return await use(folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What git prints. When it fails: a `RevisionError` with this sentence. */
async function git(dir: string, args: readonly string[], failure: string, environment = {}): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', dir, ...args], { env: { ...process.env, ...environment } });
    return stdout.replace(/\n$/, '');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new RevisionError(missing ? 'git is not installed: install it, or run this where it is' : `${failure}.`);
  }
}
