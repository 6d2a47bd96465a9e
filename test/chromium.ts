import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe } from 'vitest';

const { CHROMIUM_PATH: path = '/usr/bin/chromium' } = process.env;

/** Starts the system's Chromium, without anything that would talk to the outside. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** `describe` for tests that need a browser; they are skipped, and say so, where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (existsSync(path)) describe(name, tests);
  else describe.skip(`${name} (Chromium not found: browser tests skipped, set CHROMIUM_PATH)`, tests);
}
