import type { Language, Script } from '../core/message.ts';

/** What is known of a visitor's language; nothing when the bot does not speak it. */
export interface Locale {
  readonly language?: Language;
  readonly script?: Script;
}

/** Reads a language tag (`zh-TW`, `zh_CN`, `en-GB`). An unknown or malformed one says nothing. */
export function readLocale(tag: string | undefined): Locale {
  if (tag === undefined) return {};
  try {
    const { language, script } = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    if (language === 'en') return { language: 'en' };
    if (language === 'zh' || language === 'yue') {
      return { language: 'zh', script: script === 'Hant' ? 'traditional' : 'simplified' };
    }
    return {};
  } catch {
    return {};
  }
}
