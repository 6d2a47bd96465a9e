import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Language } from '../../../../../src/core/message.ts';
import type { CaseView } from '../../../../../src/ports.ts';
import type { WireCase } from '../../../desk/wire.ts';
import { labels } from '../labels.ts';
import { percent } from '../percent.ts';
import { fullTime, shortTime } from '../when.ts';

interface DataCardProps {
  readonly current: WireCase;
  readonly language: Language;
  readonly now: number;
}

/** The card stands beside the thread where there is room; otherwise it is opened on demand. */
const beside = '(min-width: 1160px)';

/** What is known of the visitor and the case. */
export function DataCard({ current, language, now }: DataCardProps) {
  const [open, setOpen] = useState(() => matchMedia(beside).matches);
  const words = labels[language];
  const { case: view } = current;
  const { facts, allowance, matched, answers } = view;
  const visitors = words.languages[facts.language];
  const isOther = (facts.language === 'en') !== (language === 'en');
  const rows: readonly (readonly [string, ComponentChildren])[] = [
    [words.facts.name, facts.name],
    [words.facts.contact, facts.contact],
    [words.facts.domain, facts.domain],
    [words.facts.language, visitors],
    [words.facts.channel, view.channel],
    [words.facts.reason, words.reasons[view.reason]],
    [words.facts.topic, view.topicTitle?.[language]],
    [
      words.facts.opened,
      <time title={fullTime(view.openedAt, language)}>{shortTime(view.openedAt, language, now)}</time>,
    ],
    [words.facts.rating, ratingOf(view, words.helpful, words.unhelpful)],
  ];
  return (
    <details class="data" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.data}</summary>
      {isOther && <p class="warning">{words.otherLanguage(visitors)}</p>}
      {allowance && (
        <p class="warning">
          {words.allowance}:{' '}
          {allowance.until === null
            ? words.closedWindow
            : `${words.left(allowance.left)}, ${words.until(shortTime(allowance.until, language, now))}`}
          <br />
          <small>{allowance.detail}</small>
        </p>
      )}
      <dl>
        {rows
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {answers[language].length > 0 && (
        <>
          <h3>{words.answers}</h3>
          <dl>
            {answers[language].map(({ step, answer }) => (
              <div key={step}>
                <dt>{step}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {matched.length > 0 && (
        <>
          <h3>{words.matched}</h3>
          <ul class="matched">
            {matched.map(({ entry, confidence, title }) => (
              <li key={entry}>
                <span>{title[language]}</span> <b>{percent(confidence)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

function ratingOf({ helpful }: CaseView, yes: string, no: string): string | undefined {
  if (helpful === null) return undefined;
  return helpful ? yes : no;
}
