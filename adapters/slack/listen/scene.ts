import type { WebClient } from '@slack/web-api';
import type { Receive } from '../../../src/ports.ts';
import type { Recent } from '../../../src/recent.ts';
import type { Self } from '../decode/message.ts';
import type { DeskHome } from '../desk/home.ts';
import type { FetchFile } from '../file/fetch.ts';
import type { createLanes } from '../lanes.ts';
import type { SlackOptions } from '../options.ts';
import type { People } from '../people.ts';
import { type Place, readPlace } from '../place.ts';
import type { Chosen } from '../send/chosen.ts';
import type { Pace } from '../send/pace.ts';
import type { Thinking } from '../send/thinking.ts';
import type { Windows } from '../send/window.ts';

/** What everything that listens works with. */
export interface Scene {
  readonly client: WebClient;
  readonly self: Self;
  readonly options: SlackOptions;
  readonly receive: Receive;
  readonly people: People;
  readonly windows: Windows;
  readonly chosen: Chosen;
  readonly thinking: Thinking;
  readonly pace: Pace;
  readonly fetchFile: FetchFile;
  /** What the App Home shows to consultants. */
  readonly deskHome?: DeskHome;
  /** Questions that were deleted, as `channel:ts`. */
  readonly deleted: Recent<true>;
  /** Keeps what happens in one thread in order. */
  readonly inOrder: ReturnType<typeof createLanes>;
}

/** Where a person gets what is not a reply to a message of theirs: their channel of direct messages, if it is known. */
export async function placeOfPerson({ options }: Scene, conversation: string, user: string): Promise<Place> {
  const before = readPlace(await options.store.placeOf(conversation));
  return { channel: before?.channel.startsWith('D') ? before.channel : user, user };
}
