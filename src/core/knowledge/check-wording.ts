import type { Finding } from './finding.ts';
import { forbidden } from './forbidden.ts';
import type { PlacedText } from './texts.ts';

/** A denial belongs to what stands at most so many characters after it. */
const reach = 40;

/** What must not stand in a text that visitors read: promises, such advice, links that are not https. */
export function checkWording(text: PlacedText): readonly Finding[] {
  return (['en', 'zh'] as const).flatMap((language) => {
    const said = text[language] ?? '';
    const find = (level: Finding['level'], quote: string, message: string, remedy: string): Finding => ({
      file: text.file,
      path: [...text.path, language],
      quote,
      level,
      message,
      remedy,
    });
    const links = targets(said).filter((target) => !/^(?:https:\/\/|mailto:)/i.test(target));
    return [
      ...forbiddenIn(said).map(([quote, remedy]) => find('error', quote, `the text says "${quote}"`, remedy)),
      ...links.map((link) =>
        find('error', link, `the link "${link}" is neither https nor mailto`, 'use an https address'),
      ),
      ...(language === 'zh'
        ? typography(said).map(([quote, wrong, remedy]) => find('warning', quote, wrong, remedy))
        : []),
    ];
  });
}

/** Each forbidden thing that a text says, once, with what to do about it. */
function forbiddenIn(text: string): readonly (readonly [string, string])[] {
  return forbidden.flatMap(({ say, unless, remedy }) => {
    const said = [...text.matchAll(new RegExp(say, `${say.flags}g`))].find(({ index }) => {
      const before = text.slice(Math.max(0, index - reach), index);
      return !unless.test(before.replace(/^.*[.,!?;:。，！？；：\n]/s, ''));
    });
    return said ? [[said[0], remedy] as const] : [];
  });
}

/** Where the links and images of a Markdown text lead, and bare http addresses. */
function targets(text: string): readonly string[] {
  const inline = [...text.matchAll(/\]\(\s*<?([^)>\s]*)/g)];
  const references = [...text.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^>\s]+)/gm)];
  const automatic = [...text.matchAll(/<([a-z][a-z\d+.-]*:[^>\s]+)>/gi)];
  const bare = [...text.matchAll(/(?<![(<\w])(http:\/\/[^\s)>]+)/gi)];
  return [...new Set([...inline, ...references, ...automatic, ...bare].map(([, target = '']) => target))];
}

function typography(text: string): readonly (readonly [string, string, string])[] {
  const comma = /\p{Script=Han}[,;:!?](?!\/\/)|[,;!?]\p{Script=Han}/u.exec(text)?.[0];
  return [
    ...(comma ? [[comma, `"${comma}" has half-width punctuation`, 'use ，；：！？ in Chinese'] as const] : []),
    ...(text.includes('你') ? [['你', 'the visitor is addressed with 你', 'use 您'] as const] : []),
  ];
}
