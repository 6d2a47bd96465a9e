import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem } from './problem.ts';

/** A YAML file, read: its value, what is wrong with it as YAML, and where things stand in it. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /**
   * The line of the key or item at the end of this path; for what is missing, that of the part it is missing from.
   * With a quote: the line in the text there on which it begins.
   */
  lineOf(path: readonly PropertyKey[], quote?: string): number;
}

/** Reads a YAML 1.2 text. Never throws: everything that is wrong becomes a problem with its line. */
export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(lines.linePos(offset).line, 1);
  const problems = [...document.errors, ...document.warnings].map(
    ({ code, message, pos }): Problem => ({
      file,
      line: lineAt(pos[0]),
      level: 'error',
      message: message.replace(/\.$/, ''),
      remedy:
        remedies[code] ?? 'correct the YAML: mind indentation, and put quotes around texts with special characters',
    }),
  );
  const lineOf = (path: readonly PropertyKey[], quote = '') => {
    const offset = offsetOf(document.contents, path);
    const quoted = quote ? text.indexOf(quote, offset) : -1;
    return lineAt(quoted < 0 ? offset : quoted);
  };
  if (problems.length > 0) return { file, value: undefined, problems, lineOf };
  try {
    return { file, value: document.toJS(), problems, lineOf };
  } catch (error) {
    // An alias without its anchor is found only when the value is made.
    const message = error instanceof Error ? error.message : String(error);
    return {
      file,
      value: undefined,
      problems: [{ file, line: 1, level: 'error', message, remedy: 'write the text out, or put quotes around it' }],
      lineOf,
    };
  }
}

const remedies: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'keep one of the two keys',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'keep one document in a file, without lines of three hyphens',
};

function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = start(root) ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : undefined) === String(part));
      if (!pair) return offset;
      offset = start(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number' && node.items[part] !== undefined) {
      node = node.items[part];
      offset = start(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function start(node: unknown): number | undefined {
  const { range } = isScalar(node) || isMap(node) || isSeq(node) ? node : { range: undefined };
  return range?.[0];
}
