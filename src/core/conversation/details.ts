import type { Match } from '../matching/types.ts';
import { changed, item } from './case.ts';
import { detailsIn } from './found.ts';
import { already, whereAndWhen, withdrawal } from './handoff.ts';
import { waitingTimers } from './patience.ts';
import { respond } from './respond.ts';
import { control, type Scene, say, spoken, type Turn } from './scene.ts';
import { askingOf, type State } from './state.ts';

/** For how long a visitor may be silent before the consultants are called all the same, ms. */
const askingTime = 30_000;

/** Up to this length (characters) a text is taken as the detail that was asked for. */
const longestDetail = 120;

type Detail = 'contact' | 'domain';

/** What the visitor was asked for last, as long as what they write may be the answer. */
export function wantedOf(state: State): Detail | undefined {
  return state.activity.at === 'waiting' && !askingOf(state) ? state.activity.wanted : undefined;
}

function missing({ state, reachable }: Scene): Detail | undefined {
  const { details = {}, askedFor = [] } = state;
  const needed: readonly Detail[] = reachable ? ['domain'] : ['contact', 'domain'];
  return needed.find((detail) => details[detail] === undefined && !askedFor.includes(detail));
}

/** Asks for the next thing that consultants will need, or calls them when nothing is missing. */
export function proceed(scene: Scene, asked: 'first' | 'next'): Turn {
  const { activity, ...rest } = scene.state;
  const next = missing(scene);
  if (activity.at !== 'waiting' || activity.paged) return [scene.state, []];
  if (!next) return page(scene);
  const state: State = {
    ...rest,
    askedFor: [...(rest.askedFor ?? []), next],
    activity: { ...activity, wanted: next },
  };
  const here = { ...scene, state };
  const lead = asked === 'first' ? [spoken(here, 'details.intro')] : [];
  const choices = [control(here, 'skip', 'choice.skip'), ...withdrawal(here).choices];
  return [
    state,
    [
      say(here, [...lead, spoken(here, `details.${next}`)], { choices }),
      { type: 'set-timer', name: 'page', at: scene.at + askingTime },
    ],
  ];
}

/** Calls the consultants, once, and tells the visitor what happens next. What was asked for may still be given. */
export function page(scene: Scene): Turn {
  const { activity } = scene.state;
  if (activity.at !== 'waiting' || activity.paged) return [scene.state, []];
  const state: State = { ...scene.state, activity: { ...activity, paged: true } };
  const here = { ...scene, state };
  return [
    state,
    [
      changed(activity.case, { paged: true }),
      item(activity.case, { kind: 'paged' }),
      { type: 'clear-timer', name: 'page' },
      say(here, [spoken(here, 'handoff.opened', whereAndWhen(here))], withdrawal(here)),
      ...waitingTimers(here),
    ],
  ];
}

/** The visitor wants a person, and no more questions. */
export function callNow(scene: Scene): Turn {
  return page(unasked(scene));
}

/** The visitor does not want to tell. */
export function skip(scene: Scene): Turn {
  const { activity } = scene.state;
  if (activity.at !== 'waiting') return [scene.state, [say(scene, [spoken(scene, 'pick.stale')])]];
  return activity.paged ? already(unasked(scene)) : proceed(unasked(scene), 'next');
}

/**
 * What was written in place of a detail. A question that can be answered is answered; other short words are the detail;
 * the rest is added to the case. The visitor is not asked for it again.
 */
export function takeDetail(scene: Scene, wanted: Detail, written: string, matches: readonly Match[]): Turn {
  const here = unasked(scene);
  const found = detailsIn(written);
  if (found.contact ?? found.domain) return onwards(here);
  if (matches.some(({ verdict }) => verdict === 'answer')) {
    const [state, effects] = respond(here, matches, written);
    const [after, more] = proceed({ ...here, state }, 'next');
    return [after, [...effects, ...more]];
  }
  const words = written.trim();
  if (words.length > longestDetail || /[?？吗呢]\s*$/u.test(words)) return onwards(here);
  return onwards({ ...here, state: { ...here.state, details: { ...here.state.details, [wanted]: words } } });
}

/** Goes on asking; once the consultants are called, what was told is acknowledged. */
function onwards(scene: Scene): Turn {
  const { activity } = scene.state;
  if (activity.at === 'waiting' && activity.paged) {
    return [scene.state, [say(scene, [spoken(scene, 'handoff.added')])]];
  }
  return proceed(scene, 'next');
}

function unasked(scene: Scene): Scene {
  const { activity, menu: _, ...rest } = scene.state;
  if (activity.at !== 'waiting') return scene;
  const { wanted: _wanted, ...waiting } = activity;
  return { ...scene, state: { ...rest, activity: waiting } };
}
