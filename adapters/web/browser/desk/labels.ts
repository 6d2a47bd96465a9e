import type { Language } from '../../../../src/core/message.ts';
import { en, type Labels } from './labels/en.ts';
import { zh } from './labels/zh.ts';

export type { Labels };

/** Every word of the desk's page. */
export const labels: Readonly<Record<Language, Labels>> = { en, zh };
