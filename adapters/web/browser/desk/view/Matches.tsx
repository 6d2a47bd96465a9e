import type { WireMatch } from '../../../desk/wire.ts';
import type { Labels } from '../labels.ts';
import { percent } from '../percent.ts';

interface MatchesProps {
  readonly matches: readonly WireMatch[];
  readonly words: Labels;
  readonly titles: ReadonlyMap<string, string>;
}

/** Why the bot answered as it did: the verdict in words, the best candidates with their confidence. */
export function Matches({ matches, words, titles }: MatchesProps) {
  const titleOf = (entry: string) => titles.get(entry) ?? entry;
  return (
    <details class="matches">
      <summary>{words.why}</summary>
      {matches.map((match) => (
        <div key={match.text}>
          {matches.length > 1 && <p class="part">{words.asPart(match.text)}</p>}
          <p>{verdictText(match)}</p>
          <ol>
            {match.candidates.map(({ entry, confidence }) => (
              <li key={entry}>
                <span>{titleOf(entry)}</span> <code>{entry}</code>{' '}
                <meter value={confidence} aria-label={titleOf(entry)} /> <b>{percent(confidence)}</b>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </details>
  );

  function verdictText({ verdict, confidence, candidates, outOfScope }: WireMatch): string {
    const best = candidates[0];
    if (outOfScope !== undefined) return words.verdicts.outOfScope(outOfScope);
    if (verdict === 'answer' && best) return words.verdicts.answer(titleOf(best.entry), percent(confidence));
    return words.verdicts[verdict === 'none' ? 'none' : 'choose'](percent(best?.confidence ?? 0));
  }
}
