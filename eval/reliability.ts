import type { Bin } from './metrics.ts';

const panel = { width: 300, height: 250, left: 44, top: 34, plot: 200, gap: 20 };

const style = `
  text { font: 11px system-ui, sans-serif; fill: #52514e }
  .count { font-size: 10px; paint-order: stroke; stroke: #fcfcfb; stroke-width: 3px }
  .title { font-size: 13px; font-weight: 600; fill: #0b0b0b }
  .background { fill: #fcfcfb }
  .grid { stroke: #e4e3df; stroke-width: 1 }
  .axis { stroke: #8b8a85; stroke-width: 1 }
  .ideal { stroke: #8b8a85; stroke-width: 1.5; stroke-dasharray: 4 4 }
  .right { fill: #2a78d6 }
  .claimed { stroke: #c2410c; stroke-width: 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3c2b7 }
    .title { fill: #ffffff }
    .background { fill: #1a1a19 }
    .count { stroke: #1a1a19 }
    .grid { stroke: #383835 }
    .right { fill: #3987e5 }
    .claimed { stroke: #fb923c }
  }`;

/** Reliability diagrams, two in a row: of the messages with a confidence in each tenth, the share that was right. */
export function toSvg(sets: Readonly<Record<string, readonly Bin[]>>): string {
  const panels = Object.entries(sets);
  const width = 2 * panel.width + panel.gap;
  const height = Math.ceil(panels.length / 2) * (panel.height + panel.gap) + 60;
  const drawn = panels.map(([name, bins], at) => {
    const x = (at % 2) * (panel.width + panel.gap);
    const y = Math.floor(at / 2) * (panel.height + panel.gap + 16);
    return `<g transform="translate(${x} ${y})">${panelOf(name, bins)}</g>`;
  });
  const legend = `<g transform="translate(${panel.left} ${height - 14})">
<rect class="right" y="-9" width="12" height="10"/><text x="18">share that was right</text>
<line class="claimed" x1="150" x2="164" y1="-4" y2="-4"/><text x="170">claimed on average</text>
<line class="ideal" x1="300" x2="324" y1="-4" y2="-4"/><text x="330">perfect; numbers: messages</text>
</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Reliability: how often the best candidate was right, by claimed confidence</title>
<style>${style}
</style>
<rect class="background" width="${width}" height="${height}"/>
${drawn.join('\n')}
${legend}
</svg>
`;
}

function panelOf(name: string, bins: readonly Bin[]): string {
  const { left, top, plot } = panel;
  const x = (share: number) => round(left + share * (panel.width - left - 16));
  const y = (share: number) => round(top + (1 - share) * plot);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${tick * 100} %</text>`,
  );
  const along = ticks.map((tick) => `<text x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${tick}</text>`);
  const filled = bins.filter(({ count }) => count > 0);
  return `<text class="title" x="${left}" y="18">${name}</text>
${grid.join('')}
${filled.map((bin) => barOf(bin, x, y)).join('\n')}
<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
${filled.map((bin) => countOf(bin, x, y)).join('')}
<line class="axis" x1="${x(0)}" x2="${x(1)}" y1="${y(0)}" y2="${y(0)}"/>${along.join('')}
<text x="${x(0.5)}" y="${y(0) + 31}" text-anchor="middle">confidence</text>`;
}

type Scale = (share: number) => number;

function barOf({ from, claimed, right }: Bin, x: Scale, y: Scale): string {
  const [start, end] = [x(from) + 1, x(from + 0.1) - 1];
  const bar = `<rect class="right" x="${start}" y="${y(right)}" width="${round(end - start)}" height="${round(y(0) - y(right))}"/>`;
  return `${bar}<line class="claimed" x1="${start}" x2="${end}" y1="${y(claimed)}" y2="${y(claimed)}"/>`;
}

function countOf({ from, count, claimed, right }: Bin, x: Scale, y: Scale): string {
  const above = y(Math.max(right, claimed)) - 6;
  return `<text class="count" x="${x(from + 0.05)}" y="${above}" text-anchor="middle">${count}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
