import type { Media } from '../../core/conversation/event.ts';
import { type Action, deskVerbs } from './dialog.ts';

const media: Readonly<Record<string, Media>> = {
  image: 'image',
  voice: 'voice',
  video: 'video',
  file: 'file',
  sticker: 'sticker',
  location: 'location',
  link: 'link',
};

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads one line as an action: `visitor: …`, `visitor picks: …`, `visitor sends: …`, `visitor arrives: …`,
 * `visitor edits: …`, `visitor takes back`, `wait: …`, `message fails`, `desk claims|says|… (NAME): …`. Undefined when
 * it is none, or not a whole one.
 */
export function readAction(line: string): Action | undefined {
  const said = /^visitor:(.*)$/.exec(line);
  if (said) return { type: 'says', text: (said[1] ?? '').trim() };
  const [, who = '', verb = '', name, rest = ''] =
    /^(visitor|desk|message) (takes back|\w+)(?: \(([^)]+)\))?:?\s*(.*)$/.exec(line.trimEnd()) ?? [];
  if (who === 'visitor') return ofVisitor(verb, rest);
  if (who === 'desk') return atDesk(verb, name, rest);
  if (who === 'message') return verb === 'fails' ? { type: 'fails' } : undefined;
  const waited = /^wait:(.*)$/.exec(line);
  const ms = waited ? duration(waited[1] ?? '') : undefined;
  return ms === undefined ? undefined : { type: 'waits', ms };
}

/** A time as it is written (`10m`, `2 h`), in ms. */
export function duration(written: string): number | undefined {
  const [, count, unit = ''] = /^\s*(\d+)\s*([smhd])\s*$/.exec(written) ?? [];
  return count ? Number(count) * (units[unit] ?? 0) : undefined;
}

function ofVisitor(verb: string, rest: string): Action | undefined {
  switch (verb) {
    case 'picks':
      return rest ? { type: 'picks', ids: rest.split(/\s*\+\s*/) } : undefined;
    case 'sends': {
      const [kind = '', ...name] = rest.split(/\s+/);
      const sent = media[kind];
      return sent && { type: 'sends', media: sent, ...(name.length > 0 && { name: name.join(' ') }) };
    }
    case 'edits':
      return rest ? { type: 'edits', text: rest } : undefined;
    case 'takes back':
      return { type: 'edits' };
    case 'arrives': {
      const [, language = '', onPage] = /^(|en|zh|zh-hant)( ?web)?$/.exec(rest) ?? [undefined, '?'];
      const web = onPage ? { web: true as const } : {};
      if (language === '') return { type: 'arrives', ...web };
      if (language === 'en') return { type: 'arrives', language, ...web };
      const script = language === 'zh' ? 'simplified' : 'traditional';
      return language === '?' ? undefined : { type: 'arrives', language: 'zh', script, ...web };
    }
    default:
      return undefined;
  }
}

function atDesk(verb: string, bracketed: string | undefined, rest: string): Action | undefined {
  const does = deskVerbs.find((one) => one === verb);
  const name = bracketed ?? (does === 'claims' && rest !== '' ? rest : undefined);
  if (!does || (does === 'claims' && name === undefined)) return undefined;
  const named = name === undefined ? {} : { name };
  if (['claims', 'takes back', 'releases', 'resolves'].includes(does))
    return { type: 'desk', does, ...named, text: '' };
  if (does === 'snoozes' && duration(rest) === undefined) return undefined;
  return rest ? { type: 'desk', does, ...named, text: rest } : undefined;
}
