import type { Media } from '../../core/conversation/event.ts';
import type { Action } from './dialog.ts';

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
 * Reads one line as an action: `visitor: …`, `visitor picks: …`, `visitor sends: …`, `visitor arrives: …`, `wait: …`,
 * `message fails`, `desk claims|says|releases|resolves (NAME): …`. Undefined when it is none, or not a whole one.
 */
export function readAction(line: string): Action | undefined {
  const said = /^visitor:(.*)$/.exec(line);
  if (said) return { type: 'says', text: (said[1] ?? '').trim() };
  const [, who = '', verb = '', name, rest = ''] =
    /^(visitor|desk|message) (\w+)(?: \(([^)]+)\))?:?\s*(.*)$/.exec(line.trimEnd()) ?? [];
  if (who === 'visitor') return ofVisitor(verb, rest);
  if (who === 'desk') return atDesk(verb, name, rest);
  if (who === 'message') return verb === 'fails' ? { type: 'fails' } : undefined;
  const [, count, unit = ''] = /^wait:\s*(\d+)\s*([smhd])$/.exec(line.trimEnd()) ?? [];
  return count ? { type: 'waits', ms: Number(count) * (units[unit] ?? 0) } : undefined;
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
    case 'arrives':
      if (rest === '') return { type: 'arrives' };
      if (rest === 'en') return { type: 'arrives', language: 'en' };
      if (rest === 'zh') return { type: 'arrives', language: 'zh', script: 'simplified' };
      return rest === 'zh-hant' ? { type: 'arrives', language: 'zh', script: 'traditional' } : undefined;
    default:
      return undefined;
  }
}

function atDesk(does: string, bracketed: string | undefined, rest: string): Action | undefined {
  if (does === 'claims') {
    const name = bracketed ?? rest;
    return name ? { type: 'desk', does, name, text: '' } : undefined;
  }
  const named = bracketed === undefined ? {} : { name: bracketed };
  if (does === 'says') return rest ? { type: 'desk', does, ...named, text: rest } : undefined;
  return does === 'releases' || does === 'resolves' ? { type: 'desk', does, ...named, text: '' } : undefined;
}
