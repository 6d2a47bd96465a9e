import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A figure of the report: what, how much, and what is to be reached. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
}

/** The value below which a share (0..1) of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The report as a table. `baseline`: ms that a fixed computation took in the same run; figures in ms are also given as multiples of it. */
export function report(figures: readonly Figure[], baseline: number): string {
  const rows = figures.map(({ what, value, unit, goal = '' }) => {
    const ratio = unit === 'ms' ? (value / baseline).toFixed(3) : '';
    return `| ${what} | ${value < 10 ? value.toFixed(3) : Math.round(value)} ${unit} | ${ratio} | ${goal} |`;
  });
  return ['| figure | value | x baseline | goal |', '|---|---|---|---|', ...rows].join('\n');
}

/** A fixed piece of work, to compare runs on different computers: ms. */
export function baselineTime(): number {
  const began = performance.now();
  let sum = 0;
  for (let at = 1; at < 2e7; at++) sum += Math.sqrt(at) % 3;
  return sum > 0 ? performance.now() - began : Number.NaN;
}

/** Durable writes of 4 KiB, one every 10 ms, each in ms: what the disk by itself makes a commit wait. */
export async function diskTimes(): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wenda-bench-'));
  const file = openSync(join(folder, 'written'), 'w');
  const times: number[] = [];
  for (let at = 0; at < 500; at++) {
    const began = performance.now();
    writeSync(file, Buffer.alloc(4_096, at));
    fdatasyncSync(file);
    times.push(performance.now() - began);
    await pause(10);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  return times;
}
