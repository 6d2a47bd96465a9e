import type { Media } from '../core/conversation/event.ts';
import type { State } from '../core/conversation/state.ts';
import type { Language } from '../core/message.ts';
import type { Commit, Incoming } from '../ports.ts';
import type { Core } from './core.ts';

const media: Readonly<Record<Language, Readonly<Record<Media, string>>>> = {
  en: {
    image: 'image',
    voice: 'voice message',
    video: 'video',
    file: 'file',
    sticker: 'sticker',
    location: 'location',
    link: 'link',
  },
  zh: { image: '图片', voice: '语音', video: '视频', file: '文件', sticker: '表情', location: '位置', link: '链接' },
};

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
    case 'attachment': {
      const words = [media[state.language][body.media], body.name];
      return { author: 'visitor', text: `[${words.filter(Boolean).join(state.language === 'zh' ? '：' : ': ')}]` };
    }
  }
}
