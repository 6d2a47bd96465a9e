import { holds } from '../conversation/route.ts';
import {
  alternatives,
  factConditions,
  outcomeConditions,
  type PlacedCondition,
  routeConditions,
} from './conditions.ts';
import type { Fault } from './finding.ts';
import type { Answers, Questionnaire, Step } from './questionnaire.ts';

/** One way through a questionnaire: the answers given, and the step that came a second time, if one did. */
interface Way {
  readonly answers: Answers;
  readonly again?: string;
}

/**
 * Tries every way through a questionnaire whose names and rules are right: each must end without asking anything
 * twice, each step must lie on one, each rule and adder must apply on one.
 */
export function checkWays(questionnaire: Questionnaire): readonly Fault[] {
  const faults = routes(questionnaire);
  return faults.length > 0 ? faults : outcomes(questionnaire);
}

function routes(questionnaire: Questionnaire): readonly Fault[] {
  const picks = picksOf(questionnaire, routeConditions(questionnaire));
  const reached = new Set<string>();
  const loops = new Map<string, readonly string[]>();
  for (const { answers, again } of ways(questionnaire, picks)) {
    for (const step of Object.keys(answers)) reached.add(step);
    if (again) loops.set(again, [...Object.keys(answers), again]);
  }
  // The bot counts the steps to come by leaving them open, which takes the last rule of each.
  const open = new Map(questionnaire.steps.map(({ id }) => [id, [...(picks.get(id) ?? []), []]]));
  for (const { answers, again } of ways(questionnaire, open)) {
    if (again && !loops.has(again)) loops.set(again, [...Object.keys(answers), again]);
  }
  return questionnaire.steps.flatMap(({ id }, at): readonly Fault[] => {
    const loop = loops.get(id);
    const path = ['steps', at, 'id'];
    if (loop) {
      const message = `the step "${id}" is asked twice on the way ${loop.join(', ')}`;
      return [
        { path, level: 'error', message, remedy: `skip it when it was answered: \`when: {${id}: [unanswered]}\`` },
      ];
    }
    if (reached.has(id) || loops.size > 0) return [];
    const remedy = 'let a rule go there, or delete the step';
    return [{ path, level: 'error', message: `no way leads to the step "${id}"`, remedy }];
  });
}

function outcomes(questionnaire: Questionnaire): readonly Fault[] {
  const { decide, adders, results, reasons } = questionnaire;
  const rules = new Set(decide.keys());
  const unused = new Set(adders.keys());
  const conditions = [...routeConditions(questionnaire), ...outcomeConditions(questionnaire)];
  for (const { answers } of ways(questionnaire, picksOf(questionnaire, conditions))) {
    const rule = decide.findIndex(({ when }) => holds(questionnaire, when, answers));
    rules.delete(rule);
    for (const at of unused) {
      const adder = adders[at];
      const fits = adder?.results?.includes(decide[rule]?.result ?? '') ?? true;
      if (fits && holds(questionnaire, adder?.when, answers)) unused.delete(at);
    }
    if (rules.size + unused.size === 0) break;
  }
  const warning = (path: readonly PropertyKey[], message: string): Fault => ({
    path,
    level: 'warning',
    message,
    remedy: 'correct the conditions, or delete it',
  });
  return [
    ...[...rules].map((at) => warning(['decide', at], `no answers lead to this rule (${decide[at]?.result})`)),
    ...[...unused].map((at) => warning(['adders', at], `no answers lead to the adder "${adders[at]?.id}"`)),
    ...results.flatMap(({ id }, at) =>
      decide.some(({ result }) => result === id) ? [] : warning(['results', at], `no rule leads to the result "${id}"`),
    ),
    ...Object.keys(reasons).flatMap((code) =>
      decide.some(({ reason }) => reason === code)
        ? []
        : warning(['reasons', code], `no rule gives the reason "${code}"`),
    ),
  ];
}

type Picks = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Every way that these picks make. */
function* ways(
  questionnaire: Questionnaire,
  picks: Picks,
  from = questionnaire.start,
  answers: Answers = {},
): Generator<Way> {
  const step = questionnaire.steps.find(({ id }) => id === from);
  if (!step) {
    yield { answers };
    return;
  }
  if (answers[from]) {
    yield { answers, again: from };
    return;
  }
  for (const pick of picks.get(from) ?? []) {
    const walked = { ...answers, [from]: pick };
    const rule = step.next.find(({ when }) => holds(questionnaire, when, walked));
    yield* ways(questionnaire, picks, rule?.go ?? 'result', walked);
  }
}

/**
 * What to pick at each step so that every case of these conditions comes up. Options that stand in the same
 * conditions make no difference to one another, so one of them is picked for all.
 */
function picksOf(questionnaire: Questionnaire, conditions: readonly PlacedCondition[]): Picks {
  const tests = [...factConditions(questionnaire), ...conditions].flatMap(alternatives).map(({ all }) => all);
  return new Map(questionnaire.steps.map((step) => [step.id, picksAt(step, tests)]));
}

function picksAt(step: Step, tests: readonly Readonly<Record<string, true | readonly string[]>>[]) {
  const kinds = new Map<string, Step['options'][number]>();
  for (const option of step.options) {
    const standsIn = tests.map((test) => {
      const values = test[step.id];
      return values !== undefined && values !== true && values.includes(option.id) ? 1 : 0;
    });
    const kind = `${standsIn.join('')} ${step.kind === 'multiple' && option.alone}`;
    if (!kinds.has(kind)) kinds.set(kind, option);
  }
  const options = [...kinds.values()];
  if (step.kind === 'single') return options.map(({ id }) => [id]);
  const together = options.filter(({ alone }) => !alone).map(({ id }) => id);
  const alone = options.filter((option) => option.alone).map(({ id }) => [id]);
  const sets = together.reduce<readonly (readonly string[])[]>(
    (all, id) => all.concat(all.map((set) => [...set, id])),
    [[]],
  );
  return [...alone, ...sets.filter((set) => set.length > 0)];
}
