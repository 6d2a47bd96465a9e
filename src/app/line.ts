import { attachment } from '../core/conversation/attachment.ts';
import type { State } from '../core/conversation/state.ts';
import type { Commit, Incoming } from '../ports.ts';
import type { Core } from './core.ts';

/** What a visitor did, as a line of the transcript. `state` is the one before the event. */
export function lineOf(body: Incoming['body'], state: State, core: Pick<Core, 'label'>): Commit['line'] {
  switch (body.kind) {
    case 'arrival':
      return undefined;
    case 'text':
      return { author: 'visitor', text: body.text };
    case 'choice': {
      const labels = body.ids.map((id) => core.label(state, id));
      return { author: 'visitor', text: labels.join(state.language === 'zh' ? '、' : ', ') };
    }
    case 'attachment':
      return { author: 'visitor', text: attachment(state.language, body.media, body.name) };
    case 'edit':
      return undefined;
  }
}
