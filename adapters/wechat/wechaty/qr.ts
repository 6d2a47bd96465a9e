import { renderSVG, renderUnicodeCompact } from 'uqr';

/** A code to be scanned, as lines of a terminal with a dark background. */
export function inTerminal(code: string): string {
  return `\n${renderUnicodeCompact(code, { border: 2 })}\nScan this code with the phone of the WeChat account.\n`;
}

/** The code as an image. */
export function asImage(code: string): string {
  return renderSVG(code, { border: 2 });
}
