import type { Json, Place } from './index.ts';

/** What came of an interaction or a command. */
export interface Reply {
  /** False when the app did not acknowledge in time: the user saw a warning sign. */
  readonly acknowledged: boolean;
  /** What the app sent with the acknowledgement. */
  readonly body: unknown;
  readonly ms: number;
}

/** A file that a user puts into a channel. */
export interface Upload {
  readonly name: string;
  readonly mimetype?: string;
  readonly bytes: Uint8Array;
  /** Slack Connect files arrive without their properties and must be asked for with files.info. */
  readonly hidden?: boolean;
}

/** A user, to act as and to look through the eyes of. Channels are given as handle or id. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly team: string;

  /**
   * Says something (`<@ID>` mentions, `<https://…>` links); returns its ts. A mention of the bot emits `app_mention` and
   * `message` in seeded order; a link is unfurled, which emits `message_changed`.
   */
  post(channel: Place | string, text: string, options?: PostOptions): string;
  /** Changes an own message; emits `message_changed`. */
  edit(channel: Place | string, ts: string, text: string): void;
  /** Deletes an own message; emits `message_deleted`, or `message_changed` to a tombstone when it has replies. */
  delete(channel: Place | string, ts: string): void;
  react(channel: Place | string, ts: string, name: string): void;
  join(channel: Place | string): void;
  leave(channel: Place | string): void;
  upload(channel: Place | string, file: Upload, options?: PostOptions): string;

  /** Clicks a button (or feedback button) of a message that this user sees, by its label, value or action_id. */
  click(channel: Place | string, ts: string, button: string): Promise<Reply>;
  /** Chooses in a menu, radio group or checkboxes of a message, by label or value; the menu by action_id or placeholder. */
  select(channel: Place | string, ts: string, menu: string, option: string | readonly string[]): Promise<Reply>;
  /** Clicks in the App Home or in the open modal. */
  clickHome(button: string): Promise<Reply>;
  clickModal(button: string): Promise<Reply>;
  /** Chooses in the open modal; dispatches block_actions when the block asks for it. */
  selectModal(menu: string, option: string | readonly string[]): Promise<Reply>;
  /**
   * Sends the open modal with these values (by block_id, action_id or label). The view then closes, is replaced or
   * shows errors, as the acknowledgement says.
   */
  submit(values?: Readonly<Record<string, string | readonly string[]>>): Promise<Reply>;
  /** Closes the open modal; emits view_closed when the view asked for it. */
  close(): Promise<void>;
  /** Runs a slash command of the manifest in a channel; `text` as it comes over the wire. */
  command(channel: Place | string, command: string, text?: string): Promise<Reply>;
  /** Global shortcut of the manifest, by callback_id. */
  shortcut(callbackId: string): Promise<Reply>;
  /** Message shortcut of the manifest, by callback_id. */
  messageShortcut(callbackId: string, channel: Place | string, ts: string): Promise<Reply>;
  /** Types into an external menu of the open modal or a message: block_suggestion; resolves to the offered options. */
  suggest(
    menu: string,
    value: string,
    at?: { readonly channel: Place | string; readonly ts: string },
  ): Promise<readonly Json[]>;

  /** Opens the App Home: `app_home_opened` with tab home. */
  openHome(): void;
  /** Opens the agent pane (Messages tab), looking at a channel; returns the direct message channel. */
  openAgent(lookingAt?: Place | string): Place;
  /** Looks at another channel while the pane is open: `app_context_changed`. */
  lookAt(channel?: Place | string): void;
  /** Presses Stop while the status shows: `agent_session_stopped`. */
  stopAgent(thread: string): void;

  /**
   * What this user sees in a channel (with `thread`: in that thread) as plain text: one message a line block,
   * `name: text`, buttons as `[label]`, ephemeral ones marked `(only you)`.
   */
  sees(channel: Place | string, thread?: string): string;
  /** The App Home of this user as plain text; empty before the first views.publish. */
  home(): string;
  /** The open modal as plain text, with errors beside their fields; empty when none is open. */
  modal(): string;
  /** The view itself. */
  homeView(): Json | undefined;
  modalView(): Json | undefined;
  /** Texts of messages that notified this user, oldest first. */
  notifications(): readonly string[];
}

/** How a message is said. */
export interface PostOptions {
  /** ts of the thread's root. */
  readonly thread?: string;
  /** "Also send to channel": subtype thread_broadcast. */
  readonly broadcast?: boolean;
  /** Another subtype, for example `me_message`. */
  readonly subtype?: string;
}
