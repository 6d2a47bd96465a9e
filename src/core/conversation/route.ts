import type { Answers, Condition, Questionnaire, Step } from '../knowledge/questionnaire.ts';

/** Where answers lead: the steps answered on the way, and the step to ask next (undefined: the end is reached). */
export interface Route {
  readonly path: readonly Step[];
  /** The answers to these steps. */
  readonly walked: Answers;
  readonly next: Step | undefined;
}

/** True when the condition holds for these answers. A step that is not among them is `unanswered`. */
export function holds(questionnaire: Questionnaire, condition: Condition | undefined, answers: Answers): boolean {
  if (condition === undefined) return true;
  const any = Array.isArray(condition) ? condition : [condition];
  return any.some((all) =>
    Object.entries(all).every(([key, values]) => {
      if (values === true) return holds(questionnaire, questionnaire.facts[key], answers);
      const picked = answers[key] ?? ['unanswered'];
      return picked.some((value) => values.includes(value));
    }),
  );
}

/**
 * Walks the questionnaire with these answers. Only answers on the way count, so an answer that a later change made
 * irrelevant has no effect. Throws when a step would be asked twice: the check of the knowledge excludes that.
 */
export function route(questionnaire: Questionnaire, answers: Answers): Route {
  const path: Step[] = [];
  let id = questionnaire.start;
  let walked: Answers = {};
  while (id !== 'result') {
    const step = questionnaire.steps.find((candidate) => candidate.id === id);
    if (!step || path.includes(step)) throw new Error(`questionnaire ${questionnaire.id}: no way on at step ${id}`);
    const picked = answers[id];
    if (!picked) return { path, walked, next: step };
    path.push(step);
    walked = { ...walked, [id]: picked };
    id = step.next.find((rule) => holds(questionnaire, rule.when, walked))?.go ?? 'result';
  }
  return { path, walked, next: undefined };
}

/** The answers that lie on the way. */
export function relevant(questionnaire: Questionnaire, answers: Answers): Answers {
  return route(questionnaire, answers).walked;
}

/** About how many steps there are in all, if the rest of the way takes no branch. */
export function expectedSteps(questionnaire: Questionnaire, answers: Answers): number {
  let known = answers;
  for (;;) {
    const { path, next } = route(questionnaire, known);
    if (!next) return path.length;
    known = { ...known, [next.id]: [] };
  }
}

/** The outcome for complete answers: which result, why, and what is added to it. */
export function decide(questionnaire: Questionnaire, answers: Answers) {
  const known = relevant(questionnaire, answers);
  const rule = questionnaire.decide.find(({ when }) => holds(questionnaire, when, known));
  const result = questionnaire.results.find(({ id }) => id === rule?.result);
  if (!rule || !result) throw new Error(`questionnaire ${questionnaire.id}: no result fits`);
  const adders = questionnaire.adders.filter(
    (adder) => holds(questionnaire, adder.when, known) && (adder.results?.includes(result.id) ?? true),
  );
  return { result, reason: rule.reason, adders, answers: known };
}
