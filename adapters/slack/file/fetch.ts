import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type AttachedFile, largestFile } from '../../../src/core/message.ts';
import type { SlackFile } from '../decode/message.ts';
import { clean } from '../encode/text.ts';
import { opaque } from '../place.ts';
import { isCarried } from './types.ts';

/** How long a file may take, ms. */
const patience = 20_000;

/** What came of fetching a file; `lost`: Slack did not hand it over. */
export type Fetched =
  | { readonly as: 'fetched'; readonly file: AttachedFile; readonly content: Uint8Array }
  | { readonly as: 'refused'; readonly name: string; readonly why: 'type' | 'size' | 'lost' };

/** Fetches what somebody put into Slack. */
export type FetchFile = (file: SlackFile) => Promise<Fetched>;

const whole = z.object({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
});

/**
 * Creates it. The token goes to Slack's own addresses only, and never along with a redirect; the address of a file
 * never leaves this program.
 */
export function createFetchFile(client: WebClient, token: string, apiUrl: string | undefined): FetchFile {
  const api = URL.parse(apiUrl ?? '')?.origin;

  function isSlack(url: URL): boolean {
    return (url.protocol === 'https:' && /(^|\.)slack(-files)?\.com$/.test(url.hostname)) || url.origin === api;
  }

  async function content(address: string, type: string): Promise<Uint8Array | 'size' | undefined> {
    const url = URL.parse(address);
    if (!url || !isSlack(url)) return undefined;
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'error', signal });
    // Without the permission Slack answers with a page to sign in.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true && type !== 'text/html';
    if (!response.ok || !response.body || isPage) return undefined;
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of response.body) {
      size += piece.length;
      if (size > largestFile) return 'size';
      pieces.push(piece);
    }
    return new Uint8Array(Buffer.concat(pieces));
  }

  return async (given) => {
    // A file of another company's workspace comes without its properties.
    const asked = given.hidden ? (await client.files.info({ file: given.id })).file : undefined;
    const {
      name,
      mimetype,
      size,
      url_private: url,
    } = whole.parse(asked ?? { ...given, mimetype: given.type, url_private: given.url });
    const type = mimetype ?? 'application/octet-stream';
    const label = nameOf(name);
    if (!isCarried(type)) return { as: 'refused', name: label, why: 'type' };
    if ((size ?? 0) > largestFile) return { as: 'refused', name: label, why: 'size' };
    const bytes = url ? await content(url, type).catch(() => undefined) : undefined;
    if (bytes === 'size') return { as: 'refused', name: label, why: 'size' };
    if (!bytes || bytes.length === 0) return { as: 'refused', name: label, why: 'lost' };
    const id = `slack-${opaque(`${given.id}:${given.at}`)}`;
    return { as: 'fetched', file: { id, name: label, type, size: bytes.length }, content: bytes };
  };
}

/** The name of a file, fit to be shown and to be a name of a file elsewhere. */
function nameOf(name: string | null | undefined): string {
  return (
    clean(name ?? '')
      .replace(/[/\\\n\t]/g, '_')
      .slice(-120) || 'file'
  );
}
