import type { Matcher } from './reply.ts';
import { fuse } from './rivals/fuse.ts';
import { miniSearch } from './rivals/minisearch.ts';
import { nlpJs } from './rivals/nlpjs.ts';
import { wenda } from './wenda.ts';

/** What Wenda is compared with. They rank; the thresholds are chosen for them. */
export const rivals: readonly Matcher[] = [fuse, miniSearch, nlpJs];

/** All that are compared. */
export const matchers: readonly Matcher[] = [wenda, ...rivals];
