import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { createRecent } from '../../../src/recent.ts';
import { limits, plainText } from '../encode/text.ts';
import { type Tongue, words } from '../words.ts';

/** Windows (modals) in which a person answers the questionnaire and reads answers. */
export interface Windows {
  /** Opens one that says "one moment"; resolves to its id. */
  open(trigger: string, tongue: Tongue): Promise<string>;
  /** Shows blocks in it, below what the same event has shown already. */
  show(view: string, event: string, blocks: readonly KnownBlock[], tongue: Tongue): Promise<void>;
  /** Says in it that something went wrong. */
  excuse(view: string, tongue: Tongue): Promise<void>;
}

/** Creates the windows. */
export function createWindows(client: WebClient): Windows {
  const shown = createRecent<{ readonly event: string; readonly blocks: readonly KnownBlock[] }>(1_000);

  return {
    async open(trigger, tongue) {
      const { view } = await client.views.open({
        trigger_id: trigger,
        view: windowOf([note(words[tongue].loading)], tongue),
      });
      if (!view?.id) throw new Error('Slack opened a window without an id');
      return view.id;
    },
    async show(view, event, blocks, tongue) {
      const before = shown.get(view);
      const whole = [...(before?.event === event ? before.blocks : []), ...blocks].slice(0, limits.viewBlocks);
      await client.views.update({ view_id: view, view: windowOf(whole, tongue) });
      shown.set(view, { event, blocks: whole });
    },
    async excuse(view, tongue) {
      await client.views.update({ view_id: view, view: windowOf([note(words[tongue].late)], tongue) });
    },
  };
}

function windowOf(blocks: readonly KnownBlock[], tongue: Tongue): ModalView {
  return {
    type: 'modal',
    title: plainText(words[tongue].helpTitle, limits.title),
    close: plainText(words[tongue].close, limits.title),
    blocks: [...blocks],
  };
}

function note(text: string): KnownBlock {
  return { type: 'section', text: plainText(text, limits.section) };
}
