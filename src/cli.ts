import { enableCompileCache } from 'node:module';

// What Node makes of the TypeScript is kept between runs: less to do and to hold in memory at each start.
enableCompileCache();
const { runCommand } = await import('./cli/run.ts');

process.exitCode = await runCommand(process.argv.slice(2));
