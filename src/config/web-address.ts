import { z } from 'zod';

/** A web address with its scheme; `example` is what the error proposes. */
export function webAddress(example: string) {
  return z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
    error: `give a whole web address, such as ${example}`,
  });
}
