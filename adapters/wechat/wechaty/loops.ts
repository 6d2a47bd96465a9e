import type { Clock, ConversationId } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';

const minute = 60_000;

/** More messages than a person writes in a minute, and the same words more often than a person repeats them. */
const [mostInMinute, mostAlike] = [20, 5];

/** For how long somebody who seems to be a bot is not answered, ms. */
const silence = 10 * minute;

/** Beyond this many the conversations of the past are forgotten. */
const remembered = 5_000;

interface Habit {
  times: number[];
  text: string;
  alike: number;
  mutedUntil: number;
}

/** Breaks endless exchanges with other bots. */
export interface Loops {
  /** What to do with a message: `mute` begins a silence, `muted` goes on with it. */
  judge(conversation: ConversationId, text: string | undefined): 'answer' | 'mute' | 'muted';
}

/** Creates the judge. */
export function createLoops(clock: Clock): Loops {
  const habits = createRecent<Habit>(remembered);
  return {
    judge(conversation, text) {
      const now = clock();
      const habit = habits.get(conversation) ?? { times: [], text: '', alike: 0, mutedUntil: 0 };
      habits.set(conversation, habit);
      const paused = now - (habit.times.at(-1) ?? 0) > minute;
      habit.times = [...habit.times.filter((at) => now - at < minute), now].slice(-mostInMinute - 1);
      habit.alike = text !== undefined && text === habit.text && !paused ? habit.alike + 1 : 1;
      habit.text = text ?? '';
      if (now < habit.mutedUntil) return 'muted';
      if (habit.times.length <= mostInMinute && habit.alike <= mostAlike) return 'answer';
      habit.mutedUntil = now + silence;
      return 'mute';
    },
  };
}
