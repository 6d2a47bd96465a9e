import { readConfig } from '../config.ts';
import { run as startProgram } from '../main.ts';

/** Starts every channel that is configured; the program then runs until it is told to stop. */
export async function run(): Promise<number> {
  await startProgram(readConfig(process.env));
  return 0;
}
