import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Delivery, Store } from '../../src/ports.ts';
import { saying } from './contract.ts';

const lease = 100;

/** A message in the model's outbox. */
interface Waiting {
  readonly text: string;
  attempts: number;
  due: number;
}

type Step =
  | { readonly do: 'say'; readonly lane: number; readonly messages: number }
  | { readonly do: 'claim' }
  | { readonly do: 'settle'; readonly pick: number; readonly as: 'sent' | 'discarded' | 'failed' | 'later' }
  | { readonly do: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('say' as const), lane: fc.nat(2), messages: fc.nat(3) }),
  fc.record({ do: fc.constant('claim' as const) }),
  fc.record({
    do: fc.constant('settle' as const),
    pick: fc.nat(5),
    as: fc.constantFrom('sent' as const, 'discarded' as const, 'failed' as const, 'later' as const),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(10, lease, 2 * lease) }),
);

/** Any sequence of steps has the outcome that three plain lists would have. */
export function modelContract(store: () => Store): void {
  let runs = 0;

  it('delivers and shows what a plain model does, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        runs++;
        const lanes: Waiting[][] = [[], [], []];
        const shown: string[][] = [[], [], []];
        const held = new Map<number, { readonly lane: number; readonly row: Delivery }>();
        const idOf = (lane: number) => `model-${runs}:${lane}`;
        let now = 1;
        let said = 0;
        for (const done of steps) {
          if (done.do === 'wait') now += done.ms;
          if (done.do === 'say') {
            const texts = Array.from({ length: done.messages }, () => `message ${++said}`);
            const key = `${idOf(done.lane)}-${++said}`;
            await store().transact({ key, conversation: idOf(done.lane), at: now }, () => saying(...texts));
            shown[done.lane]?.push('a question');
            lanes[done.lane]?.push(...texts.map((text) => ({ text, attempts: 0, due: 0 })));
          }
          if (done.do === 'claim') {
            const rows = (await store().claim(now, 1000, lease)).filter((row) =>
              row.conversation.startsWith(`model-${runs}:`),
            );
            const expected = lanes.flatMap(([head], lane) =>
              head && head.due <= now ? [[idOf(lane), head.text, head.attempts]] : [],
            );
            expect(
              rows
                .map((row) => [row.conversation, row.message.text, row.attempts])
                .toSorted((one, other) => String(one[0]).localeCompare(String(other[0]))),
            ).toEqual(expected);
            for (const row of rows) {
              const lane = Number(row.conversation.at(-1));
              const head = lanes[lane]?.[0];
              if (!head) continue;
              head.attempts++;
              head.due = now + lease;
              held.set(lane, { lane, row });
            }
          }
          const [lane, one] = [...held][done.do === 'settle' ? done.pick % Math.max(held.size, 1) : held.size] ?? [];
          if (done.do !== 'settle' || lane === undefined || !one) continue;
          held.delete(lane);
          if (done.as === 'later') {
            await store().settle(one.row, { as: 'later', at: now + 50, reason: 'busy' }, now);
            const head = lanes[lane]?.[0];
            if (head) head.due = now + 50;
            continue;
          }
          const settlement = done.as === 'failed' ? { as: done.as, reason: 'refused' } : { as: done.as };
          await store().settle(one.row, settlement, now);
          const [head] = lanes[lane]?.splice(0, 1) ?? [];
          if (done.as === 'sent' && head) shown[lane]?.push(head.text);
        }
        for (const [lane, texts] of shown.entries()) {
          const lines = await store().transcript(idOf(lane), 0, 1000);
          expect(lines.map(({ position, text }) => [position, text])).toEqual(texts.map((text, at) => [at + 1, text]));
        }
      }),
      { numRuns: 60 },
    );
  });
}
