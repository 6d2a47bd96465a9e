import type { Desk } from '../../../src/ports.ts';

/** What the desk in Slack is made from. */
export interface DeskOptions {
  /** Id of the consultants' channel. */
  readonly channel: string;
  readonly desk: Pick<Desk, 'act' | 'view' | 'find' | 'keepFile' | 'file'>;
  /** Address of the web desk, for the link to a transcript. */
  readonly publicUrl?: string;
  /** When the day after a moment begins at the agency, ms since 1970: "snooze until tomorrow". */
  tomorrow(at: number): number;
}
