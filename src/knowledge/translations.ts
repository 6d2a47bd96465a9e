import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Translations } from '../core/knowledge/translations.ts';
import { translationsName } from './files.ts';

const head = ` Which English and Chinese answers were compared and say the same. Written by
   npm run wenda -- check --accept-translations
 Do not edit by hand. Keep it with the entries: it tells when one language changes and the other does not.`;

/** Eight hexadecimal digits of the SHA-256 of a text; how its lines are broken does not count. */
export function markOf(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 8);
}

/** Writes which answers were compared, by entry in the order of the alphabet; gives the name of the file. */
export async function writeTranslations(dir: string, translations: Translations): Promise<string> {
  const file = join(dir, translationsName);
  const lines = Object.keys(translations)
    .sort()
    .map((id) => {
      const { en, zh } = translations[id] ?? { en: '', zh: '' };
      return `${stringify(id).trim()}: {en: "${en}", zh: "${zh}"}\n`;
    });
  await writeFile(file, `${head.replace(/^/gm, '#')}\n${lines.join('')}`);
  return file;
}
