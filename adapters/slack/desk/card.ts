import type { KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types';
import type { CaseView } from '../../../src/ports.ts';
import { named } from '../encode/block-id.ts';
import { button } from '../encode/choices.ts';
import type { Post } from '../encode/encode.ts';
import { cut, escaped, limits, plainText } from '../encode/text.ts';
import { opaque } from '../place.ts';
import { fill, reasons, shared, states } from './words.ts';

/** What a click on each control of a card is called. */
export const deskActions = {
  claim: 'desk:claim',
  resolve: 'desk:resolve',
  release: 'desk:release',
  transfer: 'desk:transfer',
  snooze: 'desk:snooze',
} as const;

/** How long a snooze may be. */
export type Snooze = '1h' | '3h' | 'tomorrow';

/** Characters of the visitor's words and of one field on a card; the rest stands in the transcript. */
const longestQuestion = 1_200;
const longestField = 200;
const longestList = 1_500;

/** The card of a case: who, why, what, and how it stands. Names and words of people are never markup in it. */
export function cardOf(view: CaseView, publicUrl: string | undefined): Post {
  const { id, question, facts } = view;
  const who = cut(facts.name ?? '', longestField) || shared.anonymous;
  const asked = cut(question, longestQuestion) || shared.noQuestion;
  const title = `${states[view.status]} — ${who}`;
  const blocks: KnownBlock[] = [
    { type: 'header', text: plainText(title, limits.header) },
    { type: 'section', text: plainText(asked, limits.section) },
    { type: 'section', fields: fieldsOf(view).slice(0, 10) },
    ...listsOf(view),
    { type: 'context', elements: [languageLine(view), ...linkTo(id, publicUrl)] },
    ...controlsOf(view),
  ];
  // A menu keeps what was picked while its block keeps its name; it is a new one whenever the card changes.
  const tag = opaque(JSON.stringify(blocks));
  return { text: escaped(`${title}\n${cut(question, 500)}`), blocks: named(blocks, id, tag) };
}

/** What takes the place of a card whose visitor had everything erased. */
export function erasedCard(): Post {
  return { text: shared.erased, blocks: [{ type: 'section', text: plainText(shared.erased, limits.section) }] };
}

/** A moment as each reader's Slack writes it. */
export function time(at: number): string {
  const seconds = Math.floor(at / 1_000);
  const plain = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${seconds}^{date_short_pretty} {time}|${plain}>`;
}

function fieldsOf(view: CaseView): (MrkdwnElement | PlainTextElement)[] {
  const { facts, consultant, waitingSince, snoozedUntil, helpful, allowance, status } = view;
  const open = status === 'waiting' || status === 'claimed';
  const left = allowance && String(allowance.left);
  const fields: readonly (readonly [string, string | undefined])[] = [
    [shared.reason, reasons[view.reason]],
    [shared.holder, consultant ? words(consultant.name) : shared.nobody],
    [shared.channel, words(view.channel)],
    [shared.waitingSince, open ? (waitingSince === null ? shared.answered : time(waitingSince)) : undefined],
    [shared.contact, facts.contact && words(facts.contact)],
    [shared.domain, facts.domain && words(facts.domain)],
    [
      shared.allowance,
      allowance && left !== undefined && open
        ? allowance.until === null || allowance.left === 0
          ? shared.noAllowance
          : fill(shared.allowanceUntil, { left, time: time(allowance.until) })
        : undefined,
    ],
    [shared.snoozedUntil, snoozedUntil === null ? undefined : time(snoozedUntil)],
    [shared.rating, helpful === null ? undefined : helpful ? '👍' : '👎'],
  ];
  return fields.flatMap(([label, value]) =>
    value === undefined ? [] : [{ type: 'mrkdwn' as const, text: `${label}\n${value}`, verbatim: true }],
  );
}

/** Somebody's words inside mrkdwn, on one line: every sign that could be markup is broken. */
export function words(text: string): string {
  return escaped(cut(text, longestField).replace(/\s+/g, ' ')).replace(/[*_~`]/g, '\u200b$&') || '…';
}

function listsOf({ matched, answers }: CaseView): readonly KnownBlock[] {
  const matches = matched.map(
    ({ title, confidence }) => `• ${Math.round(confidence * 100)} % ${bothOf(title.en, title.zh)}`,
  );
  const given = answers.en.map(({ step, answer }, at) => `• ${step}: ${bothOf(answer, answers.zh[at]?.answer)}`);
  return [list(shared.matched, matches), list(shared.answers, given)].flat();
}

function bothOf(english: string, chinese: string | undefined): string {
  return chinese === undefined || chinese === english ? english : `${english} · ${chinese}`;
}

function list(title: string, lines: readonly string[]): readonly KnownBlock[] {
  if (lines.length === 0) return [];
  return [{ type: 'section', text: plainText(`${title}\n${lines.join('\n')}`, longestList) }];
}

function languageLine({ facts }: CaseView): PlainTextElement {
  return plainText(facts.language === 'en' ? shared.writesEnglish : shared.writesChinese, limits.context);
}

function linkTo(id: string, publicUrl: string | undefined): readonly MrkdwnElement[] {
  if (publicUrl === undefined) return [];
  const url = `${publicUrl}/desk#/case/${encodeURIComponent(id)}`;
  return [{ type: 'mrkdwn', text: `<${escaped(url)}|${shared.transcript}>`, verbatim: true }];
}

function controlsOf({ status }: CaseView): readonly KnownBlock[] {
  if (status !== 'waiting' && status !== 'claimed') return [];
  const { claim, resolve, release, transfer, snooze } = deskActions;
  const held = status === 'claimed';
  const option = (value: Snooze, label: string) => ({ text: plainText(label, limits.option), value });
  return [
    {
      type: 'actions',
      elements: [
        ...(held
          ? [
              button(resolve, shared.resolve, 'resolve', 'primary'),
              button(release, shared.release, 'release'),
              {
                type: 'users_select' as const,
                action_id: transfer,
                placeholder: plainText(shared.transfer, limits.button),
              },
            ]
          : [button(claim, shared.claim, 'claim', 'primary')]),
        {
          type: 'static_select',
          action_id: snooze,
          placeholder: plainText(shared.snooze, limits.button),
          options: [
            option('1h', shared.inOneHour),
            option('3h', shared.inThreeHours),
            option('tomorrow', shared.tomorrow),
          ],
        },
      ],
    },
  ];
}
