import type { Clock } from './clock.ts';
import type { Shown } from './index.ts';

/** What WeChat shows in place of an answer that did not come or cannot be read. */
export const banner = '该公众号提供的服务出现故障，请稍后再试';

/** A person's screen. */
export interface Screen {
  readonly messages: readonly Shown[];
  show(message: Omit<Shown, 'at' | 'text' | 'links'> & Partial<Pick<Shown, 'text' | 'links'>>): void;
  /** Words of the newest message that offers them, with their target; throws when there are none. */
  link(words: string): { readonly words: string; readonly target: string };
  sees(): string;
  heard(): readonly string[];
}

/** An empty screen. */
export function createScreen(clock: Clock): Screen {
  const messages: Shown[] = [];
  return {
    messages,
    show(message) {
      messages.push({ ...render(message.raw), ...message, at: clock.now() });
    },
    link(words) {
      for (const { links } of messages.toReversed()) {
        const found = links.find((link) => link.words === words);
        if (found) return found;
      }
      throw new Error(`nothing on the screen says "${words}" and can be tapped:\n${sees()}`);
    },
    sees,
    heard: () => messages.filter(({ from }) => from === 'account').map(({ text }) => text),
  };

  function sees() {
    return messages.map(({ from, text }) => `${from}: ${text}`).join('\n');
  }
}

/** Text as a phone shows it: `<a href>` becomes its words; every other markup stands as it is. */
function render(raw: string): Pick<Shown, 'text' | 'links'> {
  const links: { words: string; target: string }[] = [];
  const text = raw.replace(/<a\s[^>]*?href="([^"]*)"[^>]*>([^<]*)<\/a>/g, (_, target: string, words: string) => {
    links.push({ words, target });
    return words;
  });
  return { text, links };
}
