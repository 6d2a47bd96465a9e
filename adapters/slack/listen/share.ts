import type { KnownBlock } from '@slack/types';
import type { Line } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import type { Clicked } from '../decode/interaction.ts';
import { encode } from '../encode/encode.ts';
import { cut, escaped, limits, noteOf } from '../encode/text.ts';
import { failureOf } from '../failure.ts';
import { opaque, threaded, timeOf } from '../place.ts';
import { respond } from '../send/respond.ts';
import { tongueOf, words } from '../words.ts';
import type { Scene } from './scene.ts';

/** Lines of a conversation that are looked through for the answer; these conversations are short. */
const lines = 1_000;

/** Creates what the button "Share with the channel" does: question and answer become a message that everyone sees. */
export function createShare(scene: Scene): (clicked: Clicked, conversation: string) => Promise<void> {
  const { client, options, people, pace } = scene;
  const { store, log } = options;
  const shared = createRecent<true>(1_000);

  async function answerIn(conversation: string, block: string): Promise<{ question: string; line: Line } | undefined> {
    const all = await store.transcript(conversation, 0, lines);
    const tag = /^\d+\.([^|]+)\|/.exec(block)?.[1];
    const at = all.findIndex((line) => line.author === 'bot' && opaque(`${line.key}#${line.id}`) === tag);
    const line = all[at];
    const question = all.slice(0, Math.max(at, 0)).findLast(({ author }) => author === 'visitor')?.text ?? '';
    return line && { question, line };
  }

  return async (clicked, conversation) => {
    const { user, message, block, respond: url } = clicked;
    const tongue = tongueOf(await people.locale(user));
    const tell = (text: string, replace: boolean) =>
      url === undefined
        ? Promise.resolve()
        : respond(url, { response_type: 'ephemeral', replace_original: replace, ...noteOf(text) });
    const found = await answerIn(conversation, block);
    if (!message || !found?.line.message || shared.get(block)) return;
    shared.set(block, true);
    const { channel } = message;
    const { choices: _, feedback: __, ...answer } = found.line.message;
    const question = cut(found.question, limits.context);
    const posts = encode(answer).map((post, at) => (at === 0 ? asked(post, user, question, tongue) : post));
    try {
      let root: string | undefined;
      for (const { text, blocks } of posts) {
        await new Promise((resolve) => setTimeout(resolve, Math.min(pace.turn(channel, `${block}:${text}`), 2_000)));
        const thread = root === undefined ? {} : { thread_ts: root };
        const sent = await client.chat.postMessage({
          channel,
          text,
          blocks: [...blocks],
          ...thread,
          unfurl_links: false,
          unfurl_media: false,
        });
        root ??= sent.ts;
      }
      if (root !== undefined) {
        const place = JSON.stringify({ channel, thread: root, user });
        await store.setPlace(threaded(channel, root), place, timeOf(root));
      }
      await tell(words[tongue].shared, true);
    } catch (error) {
      const { means, detail } = failureOf(error);
      shared.delete(block);
      log.warn({ channel, detail }, 'slack: an answer could not be shared');
      await tell(means === 'elsewhere' ? words[tongue].shareFailed : words[tongue].late, false);
    }
  };
}

/** The question above the answer, with who asked it; the name is a reference, the words are plain. */
function asked(
  post: { text: string; blocks: readonly KnownBlock[] },
  user: string,
  question: string,
  tongue: keyof typeof words,
) {
  const lead: KnownBlock = {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: user },
          { type: 'text', text: ` ${words[tongue].asked}: ` },
          { type: 'text', text: question || '…', style: { italic: true } },
        ],
      },
    ],
  };
  return { text: `${escaped(question)}\n\n${post.text}`, blocks: [lead, ...post.blocks] };
}
