import type { Media } from '../core/conversation/event.ts';
import type { State } from '../core/conversation/state.ts';
import type { Language } from '../core/message.ts';
import type { Commit, Incoming } from '../ports.ts';

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

/** What a visitor did, as a line of the transcript. `state` is the one before the event: it holds the labels shown. */
export function lineOf(body: Incoming['body'], state: State): Commit['line'] {
  switch (body.kind) {
    case 'arrival':
      return undefined;
    case 'text':
      return { author: 'visitor', text: body.text };
    case 'choice':
      return {
        author: 'visitor',
        text: body.ids.map((id) => labelOf(id, state)).join(state.language === 'zh' ? '、' : ', '),
      };
    case 'attachment':
      return {
        author: 'visitor',
        text: `[${[media[state.language][body.media], body.name].filter(Boolean).join(': ')}]`,
      };
  }
}

function labelOf(id: string, { menu }: State): string {
  return menu?.choices.find((choice) => choice.id === id)?.label ?? id;
}
