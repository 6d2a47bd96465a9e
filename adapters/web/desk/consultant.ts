import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { Clock, Desk } from '../../../src/ports.ts';
import { sessionTime } from './options.ts';

/** Longest name, characters. */
const longest = 40;
/** How many cases are looked through for colleagues. */
const cases = 100;

/** The consultant of a name as it was typed: the same name is the same person. Undefined when it has no letter. */
export function consultantOf(typed: string): Consultant | undefined {
  const name = typed
    .normalize('NFC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' || [...name].length > longest ? undefined : { id: `web:${slug}`, name };
}

/** Who else works at the desk. */
export interface Colleagues {
  /** Notes that this consultant is here. */
  saw(consultant: Consultant): void;
  /** Everybody who was here lately, or holds one of the latest cases. */
  list(): Promise<readonly Consultant[]>;
}

export function createColleagues(desk: Pick<Desk, 'find'>, clock: Clock): Colleagues {
  const seen = new Map<string, { readonly consultant: Consultant; readonly at: number }>();
  return {
    saw: (consultant) => {
      seen.set(consultant.id, { consultant, at: clock() });
    },
    list: async () => {
      const known = new Map<string, Consultant>();
      for (const { consultant } of await desk.find({ show: 'all', limit: cases })) {
        if (consultant) known.set(consultant.id, consultant);
      }
      for (const [id, { consultant, at }] of seen) {
        if (clock() - at < sessionTime) known.set(id, consultant);
        else seen.delete(id);
      }
      return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
    },
  };
}
