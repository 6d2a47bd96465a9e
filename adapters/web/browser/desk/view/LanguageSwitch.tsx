import type { Language } from '../../../../../src/core/message.ts';
import type { Desk } from '../desk.ts';

/** Offers the other language, in its own words. */
export function LanguageSwitch({ desk, language }: { readonly desk: Desk; readonly language: Language }) {
  const [other, name, tag] =
    language === 'en' ? (['zh', '中文', 'zh-Hans'] as const) : (['en', 'English', 'en'] as const);
  return (
    <button type="button" class="plain" lang={tag} onClick={() => desk.setLanguage(other)}>
      {name}
    </button>
  );
}
