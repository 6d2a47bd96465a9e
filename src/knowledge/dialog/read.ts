import type { Problem } from '../problem.ts';
import { readAction } from './action.ts';
import type { Dialog, DialogFile, Exchange } from './dialog.ts';

/** A line that says what follows from an action. */
const outcome = /^(?:bot (?:en|zh|zh-hant):|to visitor \(|amended \(|case |desk[ :]|feedback:|erased$|silence$|\s+\S)/;

const remedy =
  'begin the line with visitor:, visitor picks:, visitor sends:, visitor arrives, visitor edits:, wait:, ' +
  'desk claims:, desk says:, desk notes:, desk releases, desk resolves, message fails; or let `npm run wenda -- dialogs --update` write what the bot says';

/**
 * Reads a file of dialogs. `# TITLE` begins a dialog, `// …` is a remark, `> …` indented below a text goes on with it.
 * A line that means nothing is a problem.
 */
export function readDialogs(file: string, text: string): DialogFile & { readonly problems: readonly Problem[] } {
  const dialogs: Dialog[] = [];
  const problems: Problem[] = [];
  let above: string[] = [];
  let exchanges: Exchange[] = [];
  const problem = (line: number, message: string, how = remedy) =>
    problems.push({ file, line, level: 'error', message, remedy: how });
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  for (const [position, written] of lines.entries()) {
    const line = position + 1;
    const last = exchanges.at(-1);
    const action = readAction(written);
    if (/^\s*(?:\/\/|$)/.test(written)) above.push(written);
    else if (written.startsWith('#')) {
      exchanges = [];
      dialogs.push({ above, title: written.replace(/^#+\s*/, ''), line, exchanges });
      above = [];
    } else if (dialogs.length === 0) {
      problem(line, 'this line stands before the first dialog', 'begin a dialog with a line: # what it shows');
    } else if (action) {
      exchanges.push({ above, written: [written], line, action, expected: [] });
      above = [];
    } else if (last && /^\s+>/.test(written) && last.expected.length === 0 && 'text' in last.action) {
      const more = written.replace(/^\s+> ?/, '');
      exchanges[exchanges.length - 1] = {
        ...last,
        written: [...last.written, written],
        action: { ...last.action, text: `${last.action.text}\n${more}` },
      };
    } else if (last && outcome.test(written)) {
      exchanges[exchanges.length - 1] = { ...last, expected: [...last.expected, { line, text: written }] };
    } else problem(line, `"${written.trim()}" is no line of a dialog`);
  }
  for (const { line, title, exchanges: all } of dialogs) {
    if (all.length === 0) problem(line, `the dialog "${title}" is empty`, 'write what the visitor does, or delete it');
  }
  return { file, dialogs, below: above, problems };
}
