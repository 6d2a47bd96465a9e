import { z } from 'zod';

const bilingual = z.strictObject({ en: z.string().trim().min(1), zh: z.string().trim().min(1) });

/**
 * A condition on the answers: all keys must hold, a key holds when any of its values was picked.
 * The value `unanswered` holds when the step was not asked on this way. A list of such maps: any of them.
 * A key may also name a fact, with the value `true`.
 */
const all = z.record(z.string(), z.union([z.literal(true), z.array(z.string()).min(1)]));
const condition = z.union([all, z.array(all).min(1)]);

const step = z.strictObject({
  id: z.string(),
  kind: z.enum(['single', 'multiple']).default('single'),
  ask: bilingual,
  /** One or two words for the summary. */
  label: bilingual,
  options: z
    .array(
      z.strictObject({
        id: z.string(),
        label: bilingual,
        /** Words that mean this option when a visitor types instead of picking. */
        words: z.strictObject({ en: z.array(z.string()).default([]), zh: z.array(z.string()).default([]) }).optional(),
        /** In a multiple step: picking this one alone (none of these, not sure). */
        alone: z.boolean().default(false),
      }),
    )
    .min(2),
  /** First fitting rule wins; the last one has no condition. `result` ends the questionnaire. */
  next: z.array(z.strictObject({ when: condition.optional(), go: z.string() })).min(1),
});

const result = z.strictObject({
  id: z.string(),
  title: bilingual,
  text: bilingual,
  entries: z.array(z.string()).default([]),
  /** True when a consultant is the first thing offered. */
  consultant: z.boolean().default(false),
});

/** The file format of `knowledge/questionnaires/*.yaml`. */
export const questionnaireSchema = z.strictObject({
  id: z.string(),
  title: bilingual,
  intro: bilingual,
  as_of: z.string(),
  /** The step that is asked first. */
  start: z.string(),
  /** Named conditions, usable as keys in other conditions. */
  facts: z.record(z.string(), condition).default({}),
  steps: z.array(step).min(1),
  results: z.array(result).min(1),
  /** Why a result was reached, in words; keyed by code. */
  reasons: z.record(z.string(), bilingual),
  /** First fitting rule decides; the last one has no condition. */
  decide: z
    .array(z.strictObject({ when: condition.optional(), result: z.string(), reason: z.string().optional() }))
    .min(1),
  /** Sentences added to a result, in order; `title` replaces the title of the results named in `results`. */
  adders: z
    .array(
      z.strictObject({
        id: z.string(),
        when: condition,
        results: z.array(z.string()).optional(),
        text: bilingual,
        title: bilingual.optional(),
        consultant: z.boolean().default(false),
      }),
    )
    .default([]),
});

export type Questionnaire = z.output<typeof questionnaireSchema>;
export type Step = z.output<typeof step>;
export type Condition = z.output<typeof condition>;

/** Answers of a questionnaire: step id -> ids of the picked options. */
export type Answers = Readonly<Record<string, readonly string[]>>;
