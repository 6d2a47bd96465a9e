import type { z } from 'zod';
import type { Fault } from '../core/knowledge/finding.ts';

type Issue = z.core.$ZodIssue;

/** A mismatch between a file and its format, in words. `value` is what was read, to tell missing from wrong. */
export function faultsOf(issue: Issue, value: unknown): readonly Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      fault([...issue.path, key], `"${key}" is not known here`, 'correct its name, or delete it'),
    );
  }
  if (issue.code === 'invalid_union') {
    const inner = deepest(issue);
    if (inner) return faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, value);
  }
  const name = nameOf(issue.path);
  const found = at(value, issue.path);
  if (found === undefined) return [fault(issue.path, `${name} is missing`, addition(issue))];
  if (found === null) return [fault(issue.path, `${name} is empty`, addition(issue))];
  return [fault(issue.path, ...words(issue, name))];
}

function fault(path: readonly PropertyKey[], message: string, remedy: string): Fault {
  return { path, level: 'error', message, remedy };
}

function words(issue: Issue, name: string): readonly [string, string] {
  switch (issue.code) {
    case 'invalid_type':
      return [`${name} is not ${expectation(issue.expected)}`, asked(issue.expected)];
    case 'invalid_value':
      return [`${name} is none of the values that are allowed`, `use ${issue.values.join(', ')}`];
    case 'too_small':
      if (issue.origin === 'string') return [`${name} is empty`, 'write a text, or delete the key'];
      return [`${name} has too few items`, `give at least ${issue.minimum}`];
    case 'too_big':
      return [`${name} has too many items`, `keep ${issue.maximum} at most`];
    case 'invalid_format':
      return [`${name} is not written as expected`, `write ${issue.message}`];
    default:
      return [`${name} is wrong`, issue.message];
  }
}

function expectation(type: string): string {
  return kinds[type] ?? `of the kind "${type}"`;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

function asked(type: string): string {
  if (type === 'array') return 'write a list: one item a line, each after a hyphen';
  if (type === 'string') return 'write a text; put quotes around one that looks like a number';
  return `write ${expectation(type)}`;
}

function addition(issue: Issue): string {
  if (issue.code === 'invalid_type') return `add it: ${expectation(issue.expected)}`;
  if (issue.code === 'invalid_value') return `add it: one of ${issue.values.join(', ')}`;
  return `add it: ${issue.message}`;
}

/** Of what was tried in turn, the attempt that came furthest says best what is wrong. */
function deepest(issue: Issue & { readonly code: 'invalid_union' }): Issue | undefined {
  return issue.errors.flat().toSorted((one, other) => depth(other) - depth(one))[0];
}

function depth(issue: Issue): number {
  const inner = issue.code === 'invalid_union' ? issue.errors.flat().map(depth) : [];
  return issue.path.length + Math.max(0, ...inner);
}

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part + 1}]` : name ? `${name}.${String(part)}` : String(part),
    '',
  );
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  );
}
