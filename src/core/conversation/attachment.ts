import type { Language } from '../message.ts';
import type { Media } from './event.ts';

const words: Readonly<Record<Language, Readonly<Record<Media, string>>>> = {
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

/** Something that is not text, as a line of a transcript: `[image: plan.png]`. */
export function attachment(language: Language, media: Media, name: string | undefined): string {
  return `[${[words[language][media], name].filter(Boolean).join(language === 'zh' ? '：' : ': ')}]`;
}
