import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import type { CaseChange, Effect, NewCase } from '../../src/core/conversation/effect.ts';
import { newState, type State } from '../../src/core/conversation/state.ts';
import type { Outgoing } from '../../src/core/message.ts';
import type { CaseQuery, Commit, Delivery, Settlement, Store } from '../../src/ports.ts';

const lease = 30_000;
const mei = { id: 'slack:U1', name: 'Mei' };

const words = (text: string): Outgoing => ({ text, language: 'en', refs: ['consultant'] });
const item = (id: string, what: DeskItem): Effect => ({ type: 'desk', case: id, item: what });
const change = (id: string, what: CaseChange): Effect => ({ type: 'update-case', case: id, change: what });
const visitor = (text: string): DeskItem => ({ kind: 'visitor', text });

function opening(id: string, more: Partial<NewCase> = {}): Effect {
  return { type: 'open-case', case: { id, reason: 'asked', question: 'may I?', facts: { language: 'en' }, ...more } };
}

/** What every store must keep for consultants, whatever its dialect; `open` gives one with the desk `lane`. */
export function deskContract(open: () => Promise<Store>): void {
  let store: Store;
  let number = 0;
  let keys = 0;
  const conversation = () => `desk-test:${++number}`;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  /** Applies effects; the case `holds` is in Mei's hands after them. */
  async function happen(id: string, effects: readonly Effect[], options: Partial<Commit> & { holds?: string } = {}) {
    const { holds, ...commit } = options;
    const held: State = { ...newState('en'), activity: { at: 'with-consultant', case: holds ?? '', consultant: mei } };
    const key = `${id}-${++keys}`;
    const state = holds === undefined ? newState('en') : held;
    await store.transact({ key, conversation: id, at: keys }, () => ({ state, event: {}, effects, ...commit }));
    return key;
  }

  const relay = (origin: string, text: string): Effect => ({
    type: 'relay',
    consultant: mei,
    message: words(text),
    origin,
  });
  const amend = (origin: string, text?: string): Effect => ({
    type: 'amend',
    consultant: mei,
    origin,
    ...(text !== undefined && { message: words(text) }),
    notice: words(text === undefined ? 'taken back' : `now: ${text}`),
  });

  const claimOf = async (id: string, now = 1_000_000) =>
    (await store.claim(now, 1000, lease)).find((row) => row.conversation === id);
  const settle = (row: Delivery | undefined, as: Settlement) => {
    if (!row) throw new Error('nothing was claimed');
    return store.settle(row, as, 2_000_000);
  };

  /** Carries out everything that waits in a conversation; what was carried, in order. */
  async function carry(id: string): Promise<readonly Delivery[]> {
    const carried: Delivery[] = [];
    for (;;) {
      const row = await claimOf(id, 9_000_000);
      if (!row) return carried;
      carried.push(row);
      await settle(row, { as: 'sent' });
    }
  }
  const told = async (id: string) => (await carry(`lane:${id}`)).map(({ desk }) => desk?.item);
  const journal = async (id: string) => (await store.journal(id, 0, 100)).map((entry) => entry.item);
  const lines = async (id: string) => (await store.deskLines(id, 100)).map(({ text, status }) => [text, status]);

  /** A case that Mei has, with one reply of hers on its way. */
  async function replied(origin = 'o1'): Promise<string> {
    const id = conversation();
    await happen(id, [opening(`${id}-c`), item(`${id}-c`, { kind: 'paged' })]);
    await happen(id, [relay(origin, 'reply')], { holds: `${id}-c` });
    return id;
  }

  describe('journal', () => {
    it('keeps what happened in a case, in order, by the event that caused it', async () => {
      const id = conversation();
      await happen(id, [opening('c'), item('c', visitor('one')), item('c', { kind: 'paged' })]);
      const key = await happen(id, [item('c', { kind: 'note', consultant: mei, text: 'internal' })]);
      const all = await store.journal(id, 0, 100);
      expect(all.map((entry) => [entry.case, entry.at < keys, entry.item.kind])).toEqual([
        ['c', true, 'visitor'],
        ['c', true, 'paged'],
        ['c', false, 'note'],
      ]);
      expect(await store.journal(id, all[1]?.id ?? 0, 100)).toEqual([all[2]]);
      expect(await store.journal(id, 0, 1)).toEqual([all[0]]);
      expect(await store.journalOf(id, key)).toEqual([all[2]]);
      expect(await store.journalOf(id, 'other')).toEqual([]);
    });

    it('tells the desk of a case when consultants are called: first that, then what was said before', async () => {
      const id = conversation();
      await happen(id, [opening('c'), item('c', visitor('one')), item('c', { kind: 'details' })]);
      await happen(id, [item('c', { kind: 'bot', text: 'two' })]);
      expect(await told(id)).toEqual([]);
      const paged = await happen(id, [change('c', { paged: true }), item('c', { kind: 'paged' })]);
      await happen(id, [item('c', visitor('three'))]);
      const rows = await carry(`lane:${id}`);
      expect(rows.map(({ desk }) => desk)).toEqual(
        [{ kind: 'paged' }, visitor('one'), { kind: 'bot', text: 'two' }, visitor('three')].map((what) => ({
          conversation: id,
          case: 'c',
          item: what,
        })),
      );
      expect(rows.map(({ author, message }) => [author, message.text])).toEqual(rows.map(() => ['bot', '']));
      expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
      expect(rows[0]?.key.startsWith(`${paged}#`)).toBe(true);
      expect(await store.transcript(id, 0, 100)).toEqual([]);
    });

    it('calls the consultants for a case that is claimed at once, before it tells of the claim', async () => {
      const id = conversation();
      await happen(id, [opening('c'), item('c', visitor('one'))]);
      const claim = [item('c', { kind: 'paged' }), change('c', { status: 'claimed', consultant: mei, paged: true })];
      await happen(id, [...claim, item('c', { kind: 'claimed', consultant: mei })], { holds: 'c' });
      expect(await told(id)).toEqual([{ kind: 'paged' }, visitor('one'), { kind: 'claimed', consultant: mei }]);
    });

    it('keeps nothing for a case that does not exist', async () => {
      const id = conversation();
      await happen(id, [item('gone', { kind: 'note', consultant: mei, text: 'too late' })]);
      expect([await journal(id), await told(id)]).toEqual([[], []]);
    });
  });

  describe('cases', () => {
    it('change field by field; what is not named stays', async () => {
      const id = conversation();
      const facts = { language: 'zh-Hans', name: 'Wei', contact: 'wei@example.com' } as const;
      await happen(id, [opening(`${id}-c`)]);
      const opened = await store.caseOf(`${id}-c`);
      expect(opened).toMatchObject({ status: 'waiting', paged: false, waitingSince: keys, consultant: null });
      const steps: readonly (readonly [CaseChange, object])[] = [
        [{ paged: true }, { paged: true }],
        [
          { status: 'claimed', consultant: mei },
          { status: 'claimed', consultant: mei },
        ],
        [{ facts }, { facts }],
        [{ waitingSince: 5.5 }, { waitingSince: 5 }],
        [{ waitingSince: null }, { waitingSince: null }],
        [{ snoozedUntil: 77 }, { snoozedUntil: 77 }],
        [{ snoozedUntil: null }, { snoozedUntil: null }],
        [{ status: 'resolved' }, { status: 'resolved' }],
        [{ helpful: false }, { helpful: false }],
        [
          { status: 'waiting', consultant: null },
          { status: 'waiting', consultant: null },
        ],
      ];
      let expected = { ...opened };
      for (const [what, then] of steps) {
        await happen(id, [change(`${id}-c`, what)]);
        expected = { ...expected, ...then, updatedAt: keys };
        expect(await store.caseOf(`${id}-c`)).toEqual(expected);
      }
      expect(await store.caseOf('no such case')).toBeUndefined();
    });

    it('are found by who has them, longest waiting first, and by words of visitor and transcript', async () => {
      const tag = `tag${conversation().replace(':', '')}`;
      const make = async (name: string, effects: readonly Effect[], text: string) => {
        const id = conversation();
        const facts = { language: 'en', name: `${name} ${tag}`, domain: `${name}.example` } as const;
        const line = { author: 'visitor', text } as const;
        await happen(id, [opening(`${tag}-${name}`, { question: `${name} asks`, facts })], { line });
        if (effects.length > 0) await happen(id, effects);
      };
      const id = (name: string) => `${tag}-${name}`;
      await make('ann', [change(id('ann'), { waitingSince: 30 })], 'a 100% sure thing');
      await make('bob', [change(id('bob'), { waitingSince: 20 })], '备案要多久？');
      await make('eve', [change(id('eve'), { waitingSince: 10, snoozedUntil: 5_000 })], 'snake_case and back\\slash');
      await make('kim', [change(id('kim'), { status: 'claimed', consultant: mei })], 'HELLO');
      await make('lee', [change(id('lee'), { status: 'claimed', consultant: { id: 'web:lo', name: 'Lo' } })], 'x');
      await make('tom', [change(id('tom'), { status: 'resolved', consultant: mei })], 'x');
      await make('zoe', [change(id('zoe'), { status: 'withdrawn' })], 'x');
      const find = async (query: Partial<CaseQuery>) => {
        const search = `${tag} ${query.search ?? ''}`;
        const found = await store.findCases({ show: 'all', limit: 100, ...query, search });
        return found.map((one) => one.id.slice(tag.length + 1));
      };
      expect(await find({ show: 'unclaimed' })).toEqual(['bob', 'ann', 'eve']);
      expect(await find({ show: 'mine', consultant: 'slack:U1' })).toEqual(['kim']);
      expect(await find({ show: 'mine' })).toEqual([]);
      expect(await find({ show: 'open' })).toEqual(['lee', 'kim', 'eve', 'bob', 'ann']);
      expect(await find({ show: 'closed' })).toEqual(['zoe', 'tom']);
      expect(await find({ limit: 3 })).toEqual(['zoe', 'tom', 'lee']);
      const before = (await store.caseOf(id('lee')))?.openedAt ?? 0;
      expect(await find({ before })).toEqual(['kim', 'eve', 'bob', 'ann']);
      const searched: readonly (readonly [string, readonly string[]])[] = [
        ['100%', ['ann']],
        ['1%sure', []],
        ['e_c', ['eve']],
        ['k_slash', []],
        ['back\\slash', ['eve']],
        ['备案', ['bob']],
        ['hello', ['kim']],
        ['KIM.EXAMPLE', ['kim']],
        ['bob asks', ['bob']],
        ['mei', ['tom', 'kim']],
        ['  asks   thing ', ['ann']],
        ['language', []],
        ["'; drop table cases", []],
      ];
      for (const [search, found] of searched) expect([search, await find({ search })]).toEqual([search, found]);
    });
  });

  describe('marks', () => {
    it.each([
      ['delivered', { as: 'sent' }, undefined],
      ['failed', { as: 'failed', reason: 'closed' }, 'closed'],
      ['uncertain', { as: 'uncertain', reason: 'no answer' }, 'no answer'],
    ] as const)('a reply is marked %s', async (mark, settlement, reason) => {
      const id = await replied();
      await settle(await claimOf(id), settlement);
      const marked = { kind: 'mark', origin: 'o1', mark, ...(reason !== undefined && { reason }) };
      expect((await journal(id)).at(-1)).toEqual(marked);
      expect((await told(id)).at(-1)).toEqual(marked);
    });

    it('that a reply waits is told once, and then what became of it', async () => {
      const id = await replied();
      for (const at of [1_000_000, 2_000_000]) {
        await settle(await claimOf(id, at), { as: 'later', at: at + 10, reason: 'busy' });
      }
      await settle(await claimOf(id, 3_000_000), { as: 'sent' });
      const marks = (await journal(id)).filter(({ kind }) => kind === 'mark');
      expect(marks).toEqual([
        { kind: 'mark', origin: 'o1', mark: 'waiting', reason: 'busy' },
        { kind: 'mark', origin: 'o1', mark: 'delivered' },
      ]);
    });

    it('a reply that was handed over is marked, also when the platform says later that it failed', async () => {
      const id = await replied();
      const rows = (await store.fetch(id, 1, lease)) ?? [];
      await store.hand(
        id,
        rows.map((row) => row.id),
        'note',
      );
      const [line] = await store.deskLines(id, 1);
      await store.mark(id, [line?.id ?? 0], 'failed', 'refused');
      expect((await journal(id)).slice(-2)).toEqual([
        { kind: 'mark', origin: 'o1', mark: 'delivered' },
        { kind: 'mark', origin: 'o1', mark: 'failed', reason: 'refused' },
      ]);
      expect(await store.deskLines(id, 1)).toMatchObject([{ status: 'failed', reason: 'refused', origin: 'o1' }]);
    });

    it('behind one that waits it waits too, for the same reason; one that only awaits its turn is not marked', async () => {
      const id = await replied();
      await settle(await claimOf(id), { as: 'later', at: 5_000_000 });
      expect((await journal(id)).filter(({ kind }) => kind === 'mark')).toEqual([]);
      await settle(await claimOf(id, 6_000_000), { as: 'later', at: 8_000_000, reason: 'used up' });
      await happen(id, [relay('o2', 'second')], { holds: `${id}-c` });
      const waiting = { kind: 'mark', mark: 'waiting', reason: 'used up' } as const;
      expect((await journal(id)).slice(-2)).toEqual([
        { ...waiting, origin: 'o1' },
        { ...waiting, origin: 'o2' },
      ]);
      await carry(id);
      expect((await journal(id)).slice(-2)).toEqual([
        { kind: 'mark', origin: 'o1', mark: 'delivered' },
        { kind: 'mark', origin: 'o2', mark: 'delivered' },
      ]);
    });

    it('what is said about consultants, or by the bot, is not marked', async () => {
      const id = conversation();
      await happen(id, [opening(`${id}-c`), item(`${id}-c`, { kind: 'paged' })]);
      await happen(id, [{ type: 'relay', consultant: mei, message: words('has joined') }], { holds: `${id}-c` });
      await carry(id);
      expect(await journal(id)).toEqual([{ kind: 'paged' }]);
    });
  });

  describe('a change of a reply', () => {
    const origin = 'o1';
    const held = (id: string) => ({ holds: `${id}-c` });

    it('that waits is carried out in its place', async () => {
      const id = await replied();
      await happen(id, [relay('o2', 'second')], held(id));
      await happen(id, [amend(origin, 'better')], held(id));
      expect(await lines(id)).toEqual([
        ['better', 'pending'],
        ['second', 'pending'],
      ]);
      expect((await carry(id)).map(({ message }) => message.text)).toEqual(['better', 'second']);
    });

    it('that waits drops it when it is taken back', async () => {
      const id = await replied();
      await happen(id, [amend(origin)], held(id));
      expect(await carry(id)).toEqual([]);
      expect(await lines(id)).toEqual([['reply', 'discarded']]);
    });

    it.each(['better', undefined])('that is being sent is followed by a notice (%s)', async (text) => {
      const id = await replied();
      const sending = await claimOf(id);
      await happen(id, [amend(origin, text)], held(id));
      await settle(sending, { as: 'sent' });
      const notice = text === undefined ? 'taken back' : 'now: better';
      expect((await carry(id)).map(({ message }) => message.text)).toEqual([notice]);
      expect(await lines(id)).toEqual([
        ['reply', 'shown'],
        [notice, 'shown'],
      ]);
    });

    it('whose sender died may have gone out: it is followed by a notice', async () => {
      const id = await replied();
      await claimOf(id, 0);
      await happen(id, [amend(origin, 'better')], held(id));
      expect((await carry(id)).map(({ message }) => message.text)).toEqual(['reply', 'now: better']);
    });

    it('in place of a notice that still waits is the only one that goes out', async () => {
      const id = await replied();
      await carry(id);
      await happen(id, [amend(origin, 'better')], held(id));
      await happen(id, [amend(origin, 'best')], held(id));
      expect((await carry(id)).map(({ message }) => message.text)).toEqual(['now: best']);
    });

    it('that failed is sent as it reads now, and never when it is taken back', async () => {
      const id = await replied();
      await settle(await claimOf(id), { as: 'failed', reason: 'closed' });
      await happen(id, [amend(origin, 'better')], held(id));
      expect((await carry(id)).map(({ message }) => message.text)).toEqual(['better']);
      const other = await replied();
      await settle(await claimOf(other), { as: 'failed', reason: 'closed' });
      await happen(other, [amend(origin)], held(other));
      expect(await carry(other)).toEqual([]);
    });

    it('of another conversation or of nothing known says nothing', async () => {
      const id = await replied('mine');
      await carry(id);
      await happen(id, [amend(origin, 'better')], held(id));
      expect(await carry(id)).toEqual([]);
    });
  });

  describe('what a desk reads', () => {
    it('all lines, whatever became of them, with the event behind a visitor’s', async () => {
      const id = conversation();
      const line = { author: 'visitor', text: 'a question' } as const;
      await happen(id, [{ type: 'say', message: words('answer') }], { line, event: { why: 'because' } });
      await settle(await claimOf(id), { as: 'failed', reason: 'closed' });
      expect(await store.deskLines(id, 100)).toMatchObject([
        { author: 'visitor', text: 'a question', status: 'shown', event: { why: 'because' } },
        { author: 'bot', text: 'answer', status: 'failed', reason: 'closed' },
      ]);
      expect((await store.deskLines(id, 100))[1]).not.toHaveProperty('event');
      expect((await store.deskLines(id, 1)).map(({ text }) => text)).toEqual(['answer']);
    });

    it('a version that grows with everything shown at a desk, and with nothing else', async () => {
      const id = conversation();
      const other = conversation();
      let last = await store.deskVersion();
      const grows = async () => {
        const now = await store.deskVersion();
        const more = now > last;
        last = now;
        return more;
      };
      await happen(other, [{ type: 'say', message: words('answer') }]);
      await carry(other);
      expect(await grows()).toBe(false);
      await happen(id, [opening(`${id}-c`), item(`${id}-c`, { kind: 'paged' })]);
      expect(await grows()).toBe(true);
      await told(id);
      expect(await grows()).toBe(false);
      await happen(id, [change(`${id}-c`, { waitingSince: 1 })]);
      expect(await grows()).toBe(true);
      await happen(id, [relay('o1', 'reply')], { holds: `${id}-c` });
      expect(await grows()).toBe(true);
      await settle(await claimOf(id), { as: 'later', at: 5, reason: 'busy' });
      expect(await grows()).toBe(true);
      await settle(await claimOf(id), { as: 'sent' });
      expect(await grows()).toBe(true);
      await store.mark(id, [(await store.deskLines(id, 1))[0]?.id ?? 0], 'failed', 'refused');
      expect(await grows()).toBe(true);
      await happen(id, [{ type: 'forget' }]);
      expect(await grows()).toBe(true);
    });

    it('files, byte for byte, the first under an id', async () => {
      const id = conversation();
      const content = Uint8Array.from({ length: 256 }, (_, at) => at);
      const file = { id: `${id}-f`, conversation: id, name: 'plan\0.png', type: 'image/png', size: 256, content };
      await store.keepFile(file);
      await store.keepFile({ ...file, name: 'other', content: new Uint8Array() });
      const found = await store.file(file.id);
      expect({ ...found, content: Uint8Array.from(found?.content ?? []) }).toEqual({ ...file, name: 'plan.png' });
      expect(await store.file('no such file')).toBeUndefined();
    });
  });

  describe('a visitor who is forgotten', () => {
    it('leaves nothing, and the desk is told for every case that it was shown', async () => {
      const id = conversation();
      const file = { name: 'secret.png', type: 'image/png', size: 1, content: new Uint8Array([1]) };
      await store.keepFile({ ...file, id: `${id}-f`, conversation: id });
      for (const name of ['a', 'b']) {
        await happen(id, [opening(`${id}-${name}`, { question: 'secret' }), item(`${id}-${name}`, { kind: 'paged' })]);
        await happen(id, [change(`${id}-${name}`, { status: 'resolved' })]);
      }
      await happen(id, [opening(`${id}-unseen`), item(`${id}-unseen`, visitor('secret'))]);
      await carry(`lane:${id}`);
      await happen(id, [item(`${id}-b`, visitor('secret')), relay('o1', 'secret')], { holds: `${id}-b` });
      await happen(id, [{ type: 'forget' }, item(`${id}-unseen`, { kind: 'erased' })]);
      const left = await carry(`lane:${id}`);
      expect(left.map(({ desk }) => [desk?.case, desk?.item])).toEqual([
        [`${id}-a`, { kind: 'erased' }],
        [`${id}-b`, { kind: 'erased' }],
      ]);
      expect(await journal(id)).toEqual([{ kind: 'erased' }, { kind: 'erased' }, { kind: 'erased' }]);
      expect([await store.caseOf(`${id}-a`), await store.file(`${id}-f`), await store.deskLines(id, 9)]).toEqual([
        undefined,
        undefined,
        [],
      ]);
      const kept = [await store.deskLines(`lane:${id}`, 100), await store.journal(id, 0, 100)];
      expect(JSON.stringify(kept)).not.toContain('secret');
    });

    it('is erased at the desk after what is being sent there', async () => {
      const id = conversation();
      await happen(id, [opening(`${id}-c`), item(`${id}-c`, { kind: 'paged' })]);
      const sending = await claimOf(`lane:${id}`, 1_000_000);
      await happen(id, [{ type: 'forget' }]);
      expect(await claimOf(`lane:${id}`, 1_000_000 + lease - 1)).toBeUndefined();
      await settle(sending, { as: 'sent' });
      expect((await claimOf(`lane:${id}`, 1_000_000 + lease))?.desk?.item).toEqual({ kind: 'erased' });
    });
  });
}
