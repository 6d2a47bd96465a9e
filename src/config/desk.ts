import { z } from 'zod';
import type { Setting } from '../config.ts';

/** The settings of the desk. */
export const deskSettings: readonly Setting[] = [
  {
    name: 'DESK_PASSWORD',
    fallback: undefined,
    meaning: 'password of the web desk and of the WeChat login page; unset: links with a key are shown at the start',
  },
];

/** How the settings must look. */
export const deskSchema = {
  DESK_PASSWORD: z
    .string()
    .regex(/^[^\p{Cc}]{8,200}$/u, 'use 8 to 200 characters')
    .optional(),
};
