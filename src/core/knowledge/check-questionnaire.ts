import { checkWays } from './check-ways.ts';
import { alternatives, factConditions, outcomeConditions, routeConditions } from './conditions.ts';
import type { Fault, Finding, Sourced } from './finding.ts';
import type { Questionnaire } from './questionnaire.ts';

/**
 * What is wrong with a questionnaire: names that lead nowhere, rules that leave cases open and, once that is right,
 * ways that do not end or cannot be reached. `entries`: the ids that exist; without it entries are not looked up.
 */
export function checkQuestionnaire(
  { file, value }: Sourced<Questionnaire>,
  entries?: ReadonlySet<string>,
): readonly Finding[] {
  const faults = [...repeated(value), ...names(value, entries), ...conditions(value), ...openRules(value)];
  const sound = faults.every(({ level }) => level !== 'error');
  return [...faults, ...(sound ? checkWays(value) : [])].map((fault) => ({ file, ...fault }));
}

function error(path: readonly PropertyKey[], message: string, remedy: string): Fault {
  return { path, level: 'error', message, remedy };
}

function repeated(questionnaire: Questionnaire): readonly Fault[] {
  const lists = [
    { at: ['steps'], items: questionnaire.steps },
    { at: ['results'], items: questionnaire.results },
    { at: ['adders'], items: questionnaire.adders },
    ...questionnaire.steps.map(({ options }, position) => ({ at: ['steps', position, 'options'], items: options })),
  ];
  return lists.flatMap(({ at, items }) =>
    items.flatMap(({ id }, position) =>
      items.findIndex((item) => item.id === id) === position
        ? []
        : error([...at, position, 'id'], `the id "${id}" stands twice in this list`, 'give one of them another id'),
    ),
  );
}

function names(questionnaire: Questionnaire, entries: ReadonlySet<string> | undefined): readonly Fault[] {
  const steps = new Set(questionnaire.steps.map(({ id }) => id));
  const results = new Set(questionnaire.results.map(({ id }) => id));
  const reasons = new Set(Object.keys(questionnaire.reasons));
  const look = (path: readonly PropertyKey[], kind: string, name: string | undefined, known: ReadonlySet<string>) =>
    name === undefined || known.has(name)
      ? []
      : [error(path, `there is no ${kind} "${name}"`, `correct the name; there are: ${[...known].join(', ')}`)];
  return [
    ...look(['start'], 'step', questionnaire.start, steps),
    ...questionnaire.steps.flatMap(({ next }, at) =>
      next.flatMap(({ go }, rule) =>
        look(['steps', at, 'next', rule, 'go'], 'step', go, new Set([...steps, 'result'])),
      ),
    ),
    ...questionnaire.decide.flatMap(({ result, reason }, at) => [
      ...look(['decide', at, 'result'], 'result', result, results),
      ...look(['decide', at, 'reason'], 'reason', reason, reasons),
    ]),
    ...questionnaire.adders.flatMap((adder, at) =>
      (adder.results ?? []).flatMap((name, position) =>
        look(['adders', at, 'results', position], 'result', name, results),
      ),
    ),
    ...questionnaire.results.flatMap((result, at) =>
      result.entries.flatMap((id, position) =>
        !entries || entries.has(id)
          ? []
          : error(
              ['results', at, 'entries', position],
              `no entry has the id "${id}"`,
              'correct the id, or take it out',
            ),
      ),
    ),
  ];
}

function conditions(questionnaire: Questionnaire): readonly Fault[] {
  const facts = new Set(Object.keys(questionnaire.facts));
  const values = new Map(
    questionnaire.steps.map(({ id, options }) => [id, ['unanswered', ...options.map((o) => o.id)]]),
  );
  const everywhere = [
    ...factConditions(questionnaire),
    ...routeConditions(questionnaire),
    ...outcomeConditions(questionnaire),
  ];
  const wrong = everywhere.flatMap(alternatives).flatMap(({ path, all }) =>
    Object.entries(all).flatMap(([key, value]): readonly Fault[] => {
      if (value === true) {
        const remedy = 'define it under `facts`, or list the values of a step';
        return facts.has(key) ? [] : [error([...path, key], `there is no fact "${key}"`, remedy)];
      }
      const options = values.get(key);
      if (!options) {
        const remedy = `correct the name; there are: ${[...values.keys()].join(', ')}`;
        return [error([...path, key], `there is no step "${key}"`, remedy)];
      }
      return value.flatMap((option, position) =>
        options.includes(option)
          ? []
          : error(
              [...path, key, position],
              `the step "${key}" has no option "${option}"`,
              `correct it; there are: ${options.join(', ')}`,
            ),
      );
    }),
  );
  return [...wrong, ...circularFacts(questionnaire)];
}

function circularFacts({ facts }: Questionnaire): readonly Fault[] {
  const used = (name: string): readonly string[] => {
    const condition = facts[name];
    if (!condition) return [];
    return alternatives({ path: [], condition }).flatMap(({ all }) =>
      Object.keys(all).filter((key) => all[key] === true),
    );
  };
  const reaches = (from: string, to: string, seen: ReadonlySet<string>): boolean =>
    used(from).some((name) => name === to || (!seen.has(name) && reaches(name, to, new Set([...seen, name]))));
  return Object.keys(facts)
    .filter((name) => reaches(name, name, new Set()))
    .map((name) => error(['facts', name], `the fact "${name}" refers to itself`, 'say it with steps and their values'));
}

function openRules(questionnaire: Questionnaire): readonly Fault[] {
  const lists = [
    ...questionnaire.steps.map(({ next }, at) => ({ at: ['steps', at, 'next'], rules: next })),
    { at: ['decide'], rules: questionnaire.decide },
  ];
  return lists.flatMap(({ at, rules }): readonly Fault[] => {
    const last = rules.length - 1;
    const certain = rules.findIndex(({ when }) => !when);
    if (certain < 0) {
      const remedy = 'add a last rule without `when`';
      return [error([...at, last], 'the last rule has a condition, so some answers lead nowhere', remedy)];
    }
    if (certain === last) return [];
    const remedy = 'add a condition here, or delete the rules below';
    return [error([...at, certain], 'no rule below this one can apply, since it has no condition', remedy)];
  });
}
