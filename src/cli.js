// The one file in JavaScript: Node would load its TypeScript parser, 16 MB, for it alone. The other files come stripped
// from the cache below, which outlives the run and makes every later start faster.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runCommand } = await import('./cli/run.ts');

process.exitCode = await runCommand(process.argv.slice(2));
