import type { Event } from '../../src/core/conversation/event.ts';
import { newState, type State } from '../../src/core/conversation/state.ts';
import { turn } from '../../src/core/conversation/turn.ts';
import { type Entry, entrySchema } from '../../src/core/knowledge/entry.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { phrasesSchema } from '../../src/core/knowledge/phrases.ts';
import { questionnaireSchema } from '../../src/core/knowledge/questionnaire.ts';
import type { Match } from '../../src/core/matching/types.ts';
import { somePhrases } from '../knowledge/folder.ts';

const entries: readonly object[] = [
  { id: 'tea', questions: { en: ['Which teas?'], zh: ['有什么茶？'] }, answer: { en: 'Black.', zh: '红茶。' } },
  { id: 'cake', questions: { en: ['Which cakes?'] }, answer: { en: 'Plum cake.' } },
  { id: 'party', handoff: 'always', questions: { en: ['A party?'] }, answer: { en: 'A person plans it with you.' } },
  { id: 'forget', status: 'meta', action: 'forget', questions: { en: ['Forget me.'] }, answer: { en: 'Of course.' } },
];

const words = { en: 'Words', zh: '文字' };

const order = {
  id: 'order',
  title: words,
  intro: { en: 'Your order.', zh: '您的订单。' },
  as_of: '2026-11-24',
  start: 'size',
  steps: [
    {
      id: 'size',
      ask: { en: 'Which pot?', zh: '哪种壶？' },
      label: { en: 'Pot', zh: '壶' },
      options: [
        { id: 'small', label: { en: 'Small', zh: '小壶' } },
        { id: 'large', label: { en: 'Large', zh: '大壶' } },
      ],
      next: [{ go: 'milk' }],
    },
    {
      id: 'milk',
      ask: { en: 'With milk?', zh: '加奶吗？' },
      label: { en: 'Milk', zh: '奶' },
      options: [
        { id: 'yes', label: { en: 'With', zh: '加' } },
        { id: 'no', label: { en: 'Without', zh: '不加' } },
      ],
      next: [{ go: 'result' }],
    },
  ],
  results: [{ id: 'served', title: { en: 'Served', zh: '上茶' }, text: { en: 'It comes.', zh: '马上来。' } }],
  reasons: {},
  decide: [{ result: 'served' }],
};

/** The small knowledge of a teahouse, in phrases that are their own names; `more` changes it. */
export function teahouse(
  more: { entries?: readonly object[]; order?: object | 'none' } & Omit<Partial<Knowledge>, 'entries'> = {},
) {
  const { entries: others = [], order: changed = {}, ...rest } = more;
  const known = [...entries, ...others].map((entry): [string, Entry] => {
    const read = entrySchema.parse(entry);
    return [read.id, read];
  });
  const asked = changed === 'none' ? [] : [questionnaireSchema.parse({ ...order, ...changed })];
  const knowledge: Knowledge = {
    entries: new Map(known),
    outOfScope: new Map(),
    concepts: {},
    questionnaires: new Map(asked.map((one) => [one.id, one])),
    phrases: { en: phrasesSchema.parse(somePhrases('en')), zh: phrasesSchema.parse(somePhrases('zh')) },
    ...rest,
  };
  return knowledge;
}

/** What the matcher says of a text that means these entries: one is the answer, several are a choice, none is none. */
export function match(text: string, ...entries: readonly string[]): Match {
  const [entry = null] = entries;
  const verdict = entries.length === 1 ? 'answer' : entries.length > 1 ? 'choose' : 'none';
  const candidates = entries.map((one) => ({ entry: one, confidence: 0.9 }));
  const confidence = entries.length > 0 ? 0.9 : 0;
  return { text, language: 'en', verdict, entry: verdict === 'answer' ? entry : null, confidence, candidates };
}

type Happening = Event extends infer One ? (One extends Event ? Omit<One, 'id' | 'at'> : never) : never;

/** The visitor writes something that the matcher takes for these questions. */
export function says(text: string, ...matches: readonly Match[]): Happening {
  return { type: 'said', text, matches: matches.length > 0 ? matches : [match(text)] };
}

/** The visitor picks these choices. */
export function picks(...choices: readonly string[]): Happening {
  return { type: 'chose', choices };
}

/** Plays what happens, a minute each, one after the other; the state after it, and the effects of the last. */
export function play(knowledge: Knowledge, happenings: readonly Happening[], from: State = newState('en')) {
  let [state, effects] = [from, [] as ReturnType<typeof turn>[1]];
  for (const [number, happening] of happenings.entries()) {
    const event = { id: `e${number + 1}`, at: (number + 1) * 60_000, ...happening } as Event;
    [state, effects] = turn(knowledge, state, event);
  }
  return { state, effects };
}

/** What is said to the visitor, as `pieces > choices`: the references of the words, and the ids of what is offered. */
export function heard({ effects }: Pick<ReturnType<typeof play>, 'effects'>): readonly string[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'say' && effect.type !== 'relay') return [];
    const { refs, choices = [] } = effect.message;
    return [`${refs.join(' + ')} > ${choices.map(({ id }) => id).join(' ')}`.trimEnd()];
  });
}
