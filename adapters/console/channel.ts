import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Outgoing } from '../../src/core/message.ts';
import type { Channel, Clock, Receive } from '../../src/ports.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';

/** A terminal, or a pipe: then there is no prompt, no colour, and each line waits for the reply to the one before. */
export interface ConsoleOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly clock: Clock;
  /** BCP 47 tag of the person at the terminal, if known. */
  readonly locale?: string | undefined;
  /** Resolves when everything that the bot has to say has been sent. */
  idle(): Promise<void>;
}

/** The console channel: one conversation, which ends at `/quit` or at the end of the input. */
export interface ConsoleChannel {
  readonly channel: Channel;
  /** Resolves when the conversation has ended. */
  readonly ended: Promise<void>;
}

/** Makes a channel of a terminal. */
export function createConsoleChannel({ input, output, clock, locale, idle }: ConsoleOptions): ConsoleChannel {
  const terminal = output.isTTY === true;
  const session = randomUUID();
  const reader = createInterface({
    input,
    output,
    terminal,
    prompt: '> ',
    historySize: 500,
    removeHistoryDuplicates: true,
  });
  const lines = reader[Symbol.asyncIterator]();
  const ended = Promise.withResolvers<void>();
  let asking = false;
  let closed = false;
  let sent = 0;
  let feedback: Outgoing['feedback'];
  const shown = new Set<string>();
  reader.once('close', () => {
    closed = true;
  });

  function write(text: string): void {
    // What the bot says on its own accord stands above what is being typed.
    output.write(`${terminal && asking ? '\r\u001b[J' : ''}${text}\n\n`);
    if (terminal && asking) reader.prompt(true);
  }

  async function tell(receive: Receive, body: Parameters<Receive>[0]['body']): Promise<void> {
    sent += 1;
    const conversation = `console:${session}`;
    const key = `${conversation}:${sent}`;
    try {
      await receive({ key, conversation, at: clock(), body, ...(locale !== undefined && { locale }) });
      await idle();
    } catch (error) {
      write(error instanceof Error ? error.message : String(error));
    }
  }

  async function talk(receive: Receive): Promise<void> {
    await tell(receive, { kind: 'arrival' });
    for (;;) {
      asking = true;
      if (terminal && !closed) reader.prompt();
      const { value, done } = await lines.next();
      asking = false;
      const text: string = done ? '/quit' : value.trim();
      if (text === '/quit') return;
      if (terminal) output.write('\n');
      if (text !== '') await tell(receive, decode(text, feedback));
    }
  }

  const channel: Channel = {
    name: 'console',
    start: async (receive) => {
      talk(receive)
        .finally(() => reader.close())
        .then(ended.resolve, ended.reject);
    },
    send: async ({ key, message }) => {
      // It comes again when the database could not note that it was shown.
      if (shown.has(key)) return;
      shown.add(key);
      feedback = message.feedback;
      write(encode(message, { colour: terminal }));
    },
    stop: async () => reader.close(),
    health: () => ({ ready: true, detail: 'The terminal is open.' }),
  };
  return { channel, ended: ended.promise };
}
