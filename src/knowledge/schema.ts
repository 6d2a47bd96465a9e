import { z } from 'zod';
import { entrySchema } from '../core/knowledge/entry.ts';
import { hoursFileSchema } from '../core/knowledge/hours-file.ts';
import { lexiconSchema } from '../core/knowledge/lexicon.ts';
import { outOfScopeSchema } from '../core/knowledge/out-of-scope.ts';
import { phrasesSchema } from '../core/knowledge/phrases.ts';
import { questionnaireSchema } from '../core/knowledge/questionnaire.ts';
import { repliesSchema } from '../core/knowledge/reply.ts';

/** The JSON Schemas with which an editor checks and completes the files of the knowledge, by file name. */
export function editorSchemas(): Readonly<Record<string, string>> {
  return {
    'entry.schema.json': text('An entry: one curated answer with its questions', entrySchema),
    'questionnaire.schema.json': text('A guided questionnaire', questionnaireSchema),
    'out-of-scope.schema.json': text('Topics that no entry answers', outOfScopeSchema),
    'lexicon.schema.json': text('Words that mean the same', lexiconSchema),
    'hours.schema.json': text('When consultants work', hoursFileSchema),
    'replies.schema.json': text('Replies that consultants keep at hand', repliesSchema),
    'phrases.schema.json': text('What the bot itself says in one language', phrasesSchema),
  };
}

function text(title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
