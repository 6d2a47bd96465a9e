import { defineConfig } from 'vitest/config';

const report = process.env['WENDA_TEST_REPORT'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait, for a lease to end or for a browser, so one worker more than a small machine has cores.
    maxWorkers: 3,
    expect: { poll: { timeout: 20_000 } },
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    coverage: { provider: 'v8', include: ['src/core/**'], thresholds: { branches: 95 } },
  },
});
