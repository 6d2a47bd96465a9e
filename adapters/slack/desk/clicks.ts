import type { WebClient } from '@slack/web-api';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { Act, Clock, DeskOutcome } from '../../../src/ports.ts';
import type { Clicked } from '../decode/interaction.ts';
import type { Log } from '../options.ts';
import type { People } from '../people.ts';
import { type Tongue, tongueOf } from '../words.ts';
import { deskActions } from './card.ts';
import type { Members } from './members.ts';
import type { DeskOptions } from './options.ts';
import type { Whisper } from './whisper.ts';
import { tell } from './words.ts';

const hour = 60 * 60_000;

/** Clicks on the controls of a card. */
export interface DeskClicks {
  /** Takes one; resolves after the commit, rejects when nothing was committed. */
  take(clicked: Clicked): Promise<void>;
}

/** True for a control of a card. */
export function isDeskAction(action: string): boolean {
  return Object.values<string>(deskActions).includes(action);
}

/** Creates the way in for clicks at the desk. Who may not act, or comes too late, is told so alone. */
export function createDeskClicks(options: {
  readonly client: WebClient;
  readonly desk: DeskOptions;
  readonly members: Members;
  readonly people: Pick<People, 'locale'>;
  readonly whisper: Whisper;
  readonly clock: Clock;
  readonly log: Log;
}): DeskClicks {
  const { desk, members, people, whisper, clock, log } = options;
  const { channel, tomorrow } = desk;

  /** Said without waiting: the acknowledgement must not come late because of it. */
  function say(user: string, thread: string | undefined, what: (tongue: Tongue) => string): void {
    people
      .locale(user)
      .then((locale) => whisper(user, thread, what(tongueOf(locale))))
      .catch((error: unknown) => log.warn({ err: error }, 'slack: a consultant could not be told something'));
  }

  async function actOf({ action, ids: [picked] }: Clicked): Promise<Act | 'stranger' | undefined> {
    switch (action) {
      case deskActions.claim:
        return { does: 'claim' };
      case deskActions.resolve:
        return { does: 'resolve' };
      case deskActions.release:
        return { does: 'release' };
      case deskActions.transfer: {
        const to = picked === undefined ? undefined : await members.consultant(picked);
        return to ? { does: 'transfer', to } : 'stranger';
      }
      case deskActions.snooze: {
        const now = clock();
        const until = { '1h': now + hour, '3h': now + 3 * hour, tomorrow: tomorrow(now) }[picked ?? ''];
        return until === undefined ? undefined : { does: 'snooze', until };
      }
      default:
        return undefined;
    }
  }

  async function take(clicked: Clicked): Promise<void> {
    const { user, message, conversation: id, action, at } = clicked;
    if (message?.channel !== channel || id === undefined) return;
    let consultant: Consultant | undefined;
    let act: Awaited<ReturnType<typeof actOf>>;
    try {
      consultant = await members.consultant(user);
      if (!consultant) return say(user, message.thread, (tongue) => tell(tongue, 'stranger'));
      act = await actOf(clicked);
    } catch (error) {
      log.warn({ err: error }, 'slack: nobody knows whether a person belongs to the desk');
      return say(user, message.thread, (tongue) => tell(tongue, 'unknown'));
    }
    if (act === 'stranger') return say(user, message.thread, (tongue) => tell(tongue, 'strangerTo'));
    if (!act) return;
    if (!(await desk.desk.view(id))) return say(user, message.thread, (tongue) => tell(tongue, 'noSuchCase'));
    const key = `slack-desk:${channel}:${message.ts}:${action}:${user}:${at}`;
    const outcome = await desk.desk.act({ key, case: id, at: clock(), consultant, act });
    if (outcome.as === 'refused') say(user, message.thread, (tongue) => refusalOf(outcome, tongue));
  }

  return { take };
}

function refusalOf({ why, holder }: DeskOutcome & { as: 'refused' }, tongue: Tongue): string {
  const name = holder?.name;
  if (why === 'over') return tell(tongue, 'over');
  if (why === 'held') return name === undefined ? tell(tongue, 'heldBySomebody') : tell(tongue, 'held', { name });
  return name === undefined ? tell(tongue, 'not-held') : tell(tongue, 'not-held-holder', { name });
}
