import type { Outgoing } from '../../src/core/message.ts';
import type { Clock, ConversationId, Store } from '../../src/ports.ts';
import type { DeskOptions } from './desk/options.ts';

/** The part of a pino logger that this channel uses. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What the App Home shows of a person's conversation. */
export interface Overview {
  readonly language: Outgoing['language'];
  readonly greeting: Outgoing;
}

/** What the Slack channel is made from. */
export interface SlackOptions {
  /** `xoxb-…` */
  readonly botToken: string;
  /** `xapp-…`: events come through Socket Mode. */
  readonly appToken?: string;
  /** Events come as signed HTTP requests; needed where there is no app token. */
  readonly signingSecret?: string;
  /** Base of the Web API; default: Slack's. */
  readonly apiUrl?: string;
  /** Ids of channels in which questions are answered without a mention. */
  readonly questionChannels?: readonly string[];
  /** The consultants' channel; absent: there is none. */
  readonly desk?: DeskOptions;
  readonly store: Pick<
    Store,
    | 'botOwns'
    | 'placeOf'
    | 'setPlace'
    | 'recent'
    | 'transcript'
    | 'cases'
    | 'load'
    | 'recall'
    | 'keep'
    | 'file'
    | 'keepFile'
  >;
  /** What the matcher says of a text; greetings and thanks are no questions and count as `none`. */
  verdict(text: string): 'answer' | 'choose' | 'none';
  /** What the App Home shows to a person with this conversation. `locale`: BCP 47 tag of the person. */
  overview(conversation: ConversationId, locale: string | undefined): Promise<Overview>;
  /** Id of the questionnaire that the shortcut opens. */
  readonly questionnaire?: string;
  readonly clock: Clock;
  readonly log: Log;
}
