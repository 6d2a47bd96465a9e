import type { DeskItem } from '../../../../src/core/conversation/desk-item.ts';
import type { Language } from '../../../../src/core/message.ts';
import { labels } from './labels.ts';
import { shortTime } from './when.ts';

/** What happened in a case, in one line; undefined for what is shown otherwise. */
export function happenedText(item: DeskItem, language: Language, now: number): string | undefined {
  const { events } = labels[language];
  switch (item.kind) {
    case 'claimed':
    case 'released':
    case 'resolved':
      return events[item.kind](item.consultant.name);
    case 'transferred':
      return events.transferred(item.consultant.name, item.to.name);
    case 'snoozed':
      return events.snoozed(item.consultant.name, shortTime(item.until, language, now));
    case 'paged':
    case 'withdrawn':
    case 'expired':
    case 'reopened':
      return events[item.kind];
    case 'rated':
      return events.rated(item.helpful);
    case 'visitor-edited':
      return item.text === undefined ? events.unsaid : events.changed(item.text);
    case 'alert':
      return events.alerts[item.alert];
    case 'refused':
      return events.refused[item.why](item.to.name, item.holder?.name ?? labels[language].somebody);
    default:
      return undefined;
  }
}
