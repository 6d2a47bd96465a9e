import type { Given } from './commands.ts';

/** The folder that a command reads: `--knowledge`, else the setting, else `knowledge`. */
export function knowledgeDir({ options }: Given): string {
  const { knowledge } = options;
  const { KNOWLEDGE_DIR: setting } = process.env;
  return typeof knowledge === 'string' ? knowledge : setting?.trim() || 'knowledge';
}
