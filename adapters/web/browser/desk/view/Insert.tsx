import { useState } from 'preact/hooks';
import type { Language } from '../../../../../src/core/message.ts';
import type { WireKit } from '../../../desk/wire.ts';
import type { Labels } from '../labels.ts';
import { Dialog } from './Dialog.tsx';

interface InsertProps {
  readonly kit: WireKit;
  readonly words: Labels;
  readonly language: Language;
  /** The language of the visitor, in which texts are inserted. */
  readonly visitors: Language;
  readonly onPick: (text: string) => void;
  readonly onClose: () => void;
}

interface Offer {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly asOf?: string;
  readonly found: string;
}

/** How many answers are listed at most. */
const most = 30;

/** Saved replies and the answers of the knowledge, to be found by their words and inserted in either language. */
export function Insert({ kit, words, language, visitors, onPick, onClose }: InsertProps) {
  const [search, setSearch] = useState('');
  const [into, setInto] = useState(visitors);
  const parts = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ found }: Offer) => parts.every((part) => found.includes(part));
  const replies = kit.replies
    .map(
      ({ id, title, text }): Offer => ({
        id,
        title: title[language],
        text: text[into].trim(),
        found: [title.en, title.zh, text.en, text.zh].join('\n').toLowerCase(),
      }),
    )
    .filter(fits);
  const entries = kit.insertable
    .flatMap(({ id, title, text, asOf }): Offer[] => {
      const words = text[into];
      const found = [id, title.en, title.zh, text.en, text.zh].join('\n').toLowerCase();
      return words === undefined ? [] : [{ id, title: title[language], text: words, asOf, found }];
    })
    .filter(fits);

  return (
    <Dialog title={words.insertTitle} close={words.close} onClose={onClose}>
      <div class="insert-head">
        <input
          type="text"
          class="search"
          autofocus
          placeholder={words.insertSearch}
          aria-label={words.insertSearch}
          value={search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          onKeyDown={(event) => {
            const first = replies[0] ?? entries[0];
            if (event.key !== 'Enter' || event.isComposing || !first) return;
            event.preventDefault();
            onPick(first.text);
          }}
        />
        {(['en', 'zh'] as const).map((one) => (
          <button key={one} type="button" class="plain" aria-pressed={into === one} onClick={() => setInto(one)}>
            {one === 'en' ? 'English' : '中文'}
          </button>
        ))}
      </div>
      <div class="offers">
        {replies.length > 0 && <h3>{words.saved}</h3>}
        {replies.map((one) => (
          <OfferButton key={one.id} offer={one} lang={into} words={words} onPick={onPick} />
        ))}
        {entries.length > 0 && <h3>{words.entries}</h3>}
        {entries.slice(0, most).map((one) => (
          <OfferButton key={one.id} offer={one} lang={into} words={words} onPick={onPick} />
        ))}
        {replies.length + entries.length === 0 && <p class="empty">{words.nothingFound}</p>}
      </div>
    </Dialog>
  );
}

interface OfferButtonProps {
  readonly offer: Offer;
  readonly lang: Language;
  readonly words: Labels;
  readonly onPick: (text: string) => void;
}

function OfferButton({ offer: { title, text, asOf }, lang, words, onPick }: OfferButtonProps) {
  return (
    <button type="button" class="offer" onClick={() => onPick(text)}>
      <strong>{title}</strong> {asOf !== undefined && <small>{words.asOf(asOf)}</small>}
      <span lang={lang}>{text}</span>
    </button>
  );
}
