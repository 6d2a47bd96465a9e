import { useEffect, useState } from 'preact/hooks';
import type { Language, Suggestion } from '../../../../src/core/message.ts';
import { suggest } from '../api.ts';

/** So long (ms) after the last key nothing is asked for. */
const pause = 150;

/** Texts (UTF-16 units) that are too short or too long are no question that others may have asked. */
const length = { least: 2, most: 80 };

/** Answers to the last texts are kept: taking a letter back asks nothing. */
const mostKept = 200;
const kept = new Map<string, readonly Suggestion[]>();

const none: readonly Suggestion[] = [];

/** What the visitor may mean; the former suggestions stay until the new ones are there. Nothing while not `wanted`. */
export function useSuggestions(written: string, language: Language, wanted: boolean): readonly Suggestion[] {
  const [found, setFound] = useState(none);
  const text = written.trim();
  const asks = wanted && text.length >= length.least && text.length <= length.most && !written.includes('\n');

  useEffect(() => {
    if (!asks) {
      setFound(none);
      return;
    }
    const key = `${language} ${text}`;
    const known = kept.get(key);
    if (known) {
      setFound(known);
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const suggestions = await suggest(text, language, controller.signal);
      if (controller.signal.aborted) return;
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, suggestions);
      setFound(suggestions);
    }, pause);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [asks, text, language]);

  return asks ? found : none;
}
