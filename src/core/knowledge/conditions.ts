import type { Condition, Questionnaire } from './questionnaire.ts';

/** A condition with the way to it in the file. */
export interface PlacedCondition {
  readonly path: readonly PropertyKey[];
  readonly condition: Condition;
}

/** The conditions in the rules of the steps. */
export function routeConditions(questionnaire: Questionnaire): readonly PlacedCondition[] {
  return questionnaire.steps.flatMap(({ next }, at) => placed(['steps', at, 'next'], next));
}

/** The conditions in the rules that decide, and those of the adders. */
export function outcomeConditions(questionnaire: Questionnaire): readonly PlacedCondition[] {
  return [...placed(['decide'], questionnaire.decide), ...placed(['adders'], questionnaire.adders)];
}

/** The conditions that facts stand for. */
export function factConditions(questionnaire: Questionnaire): readonly PlacedCondition[] {
  return Object.entries(questionnaire.facts).map(([name, condition]) => ({ path: ['facts', name], condition }));
}

function placed(
  at: readonly PropertyKey[],
  rules: readonly { readonly when?: Condition | undefined }[],
): readonly PlacedCondition[] {
  return rules.flatMap(({ when }, rule) => (when ? [{ path: [...at, rule, 'when'], condition: when }] : []));
}

/** The maps of a condition, each with the way to it. */
export function alternatives({ path, condition }: PlacedCondition) {
  return Array.isArray(condition)
    ? condition.map((all, position) => ({ path: [...path, position], all }))
    : [{ path, all: condition }];
}
