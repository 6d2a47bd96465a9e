import { z } from 'zod';

/** A text in both languages; one language alone is allowed where an FAQ from elsewhere is loaded. */
const bilingual = z.strictObject({ en: z.string().trim().min(1).optional(), zh: z.string().trim().min(1).optional() });

const day = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date: YYYY, YYYY-MM or YYYY-MM-DD'));

const questions = z.array(z.string().trim().min(1)).default([]);

/** The file format of `knowledge/entries/*.yaml`, as described in `knowledge/README.md`. */
export const entrySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9_.]+(-[a-z0-9_.]+)*$/i, 'kebab-case: letters, digits and hyphens'),
    topic: z.string().trim().min(1).default('other'),
    status: z.enum(['answered', 'partial', 'open', 'supplement', 'meta']).default('answered'),
    title: bilingual.default({}),
    questions: z.strictObject({ en: questions, zh: questions }),
    answer: bilingual.default({}),
    sources: z
      .array(
        z.strictObject({
          kind: z.enum(['article', 'comment', 'reader', 'public']),
          title: z.string().trim().min(1),
          date: day.optional(),
          url: z.url({ protocol: /^https$/, message: 'an https link' }).optional(),
          note: z.string().trim().min(1).optional(),
        }),
      )
      .default([]),
    as_of: day.optional(),
    review_by: day.optional(),
    handoff: z.enum(['never', 'offer', 'always']).default('offer'),
    related: z.array(z.string()).max(3, 'three at most').default([]),
    action: z.enum(['questionnaire', 'handoff', 'forget', 'language', 'menu']).optional(),
  })
  .refine((entry) => entry.questions.en.length + entry.questions.zh.length > 0, {
    path: ['questions'],
    message: 'at least one question in one language',
  });

/** One curated answer with its questions, sources and dates. */
export type Entry = z.output<typeof entrySchema>;
