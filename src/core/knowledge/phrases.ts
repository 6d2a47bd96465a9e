import { z } from 'zod';

/** Every sentence of the bot by key, with the placeholders that its text must contain. */
export const phraseKeys = {
  'agency.email': [],
  greeting: [],
  menu: [],
  'menu.topic': ['topic'],
  'choose.ask': [],
  'miss.first': [],
  'miss.outside': ['topic'],
  'miss.second': [],
  'miss.part': ['text'],
  'miss.none': [],
  empty: [],
  huge: [],
  'pick.expired': [],
  'pick.stale': [],
  'pick.unclear': [],
  apology: [],
  'answer.other-language': [],
  'answer.missing': ['title'],
  'source.line': ['sources'],
  'source.checked': ['date'],
  'source.disclaimer': [],
  'source.separator': [],
  'source.and': [],
  'source.article': [],
  'source.comment': [],
  'source.reader': [],
  'source.public': [],
  'source.dated': ['source', 'date'],
  'date.day': ['day', 'month', 'year'],
  'date.month': ['month', 'year'],
  'date.months': [],
  'feedback.ask': [],
  'feedback.thanks': [],
  'feedback.sorry': [],
  'media.image': [],
  'media.voice': [],
  'media.video': [],
  'media.file': [],
  'media.sticker': [],
  'media.location': [],
  'media.link': [],
  'language.ask': [],
  'language.changed': [],
  'forget.ask': [],
  'forget.done': [],
  'forget.kept': [],
  'handoff.opened': ['email'],
  'handoff.already': ['email'],
  'handoff.added': [],
  'handoff.withdrawn': [],
  'handoff.joined': ['name'],
  'handoff.released': [],
  'handoff.resolved': [],
  'asking.progress': ['number', 'total'],
  'asking.multiple': [],
  'asking.first': [],
  'asking.unclear': [],
  'asking.stuck': [],
  'asking.cancelled': [],
  'asking.resumed': [],
  'asking.resume-or-restart': [],
  'asking.summary': [],
  'asking.nothing': [],
  'result.reasons': [],
  'result.answers': [],
  'result.answer': ['step', 'answer'],
  'result.checked': ['date'],
  'choice.back': [],
  'choice.cancel': [],
  'choice.restart': [],
  'choice.resume': [],
  'choice.edit': [],
  'choice.edit-step': ['step', 'answer'],
  'choice.keep-answers': [],
  'choice.consultant': [],
  'choice.questionnaire': [],
  'choice.menu': [],
  'choice.none': [],
  'choice.more': [],
  'choice.withdraw': [],
  'choice.yes-helpful': [],
  'choice.not-helpful': [],
  'choice.forget-yes': [],
  'choice.forget-no': [],
  'choice.english': [],
  'choice.chinese': [],
  'choice.traditional': [],
  'list.separator': [],
} as const satisfies Record<string, readonly string[]>;

export type PhraseKey = keyof typeof phraseKeys;

/** What a visitor can always write instead of picking: each command with the words that mean it. */
export const commands = [
  'back',
  'cancel',
  'restart',
  'resume',
  'edit',
  'menu',
  'more',
  'consultant',
  'none',
  'yes',
  'no',
  'unsure',
  'english',
  'chinese',
  'traditional',
  'helpful',
  'unhelpful',
] as const;

export type Command = (typeof commands)[number];

const words = z.array(z.string().trim().min(1)).min(1);

/** The file format of `knowledge/phrases/*.yaml`: `say`, `topics` and `commands`. */
export const phrasesSchema = z.strictObject({
  say: z.strictObject(
    Object.fromEntries(
      Object.entries(phraseKeys).map(([key, placeholders]) => [
        key,
        z
          .string()
          .refine((text) => text.trim() !== '', { message: 'must not be empty' })
          .refine((text) => placeholders.every((name) => text.includes(`{${name}}`)), {
            message: `must contain ${placeholders.map((name) => `{${name}}`).join(', ')}`,
          })
          .refine(
            (text) => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => placeholders.includes(name as never)),
            {
              message: 'contains a placeholder that this phrase does not have',
            },
          ),
      ]),
    ) as Record<PhraseKey, z.ZodString>,
  ),
  /** Names of topics, in the order of the menu. */
  topics: z.record(z.string(), z.string().trim().min(1)),
  commands: z.strictObject(Object.fromEntries(commands.map((name) => [name, words])) as Record<Command, typeof words>),
});

/** Everything the bot itself says in one language. */
export type Phrases = z.output<typeof phrasesSchema>;
