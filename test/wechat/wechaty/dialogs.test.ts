import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encode } from '../../../adapters/wechat/encode/encode.ts';
import { detectLanguage } from '../../../src/core/language.ts';
import { differences, differenceText } from '../../../src/knowledge/dialog/compare.ts';
import type { Dialog, Transcript } from '../../../src/knowledge/dialog/dialog.ts';
import { outcomeLines } from '../../../src/knowledge/dialog/lines.ts';
import { loadDialogs } from '../../../src/knowledge/dialog/load.ts';
import type { Line } from '../../../src/ports.ts';
import { openStore } from '../../../src/store/open.ts';
import { createAccount } from './account.ts';
import { type Bot, startBot } from './bot.ts';

/** Dialogs of each file: every fourth, which keeps this short. */
const share = 4;

const { files } = await loadDialogs('knowledge');
const account = createAccount();
let bot: Bot;
/** Events applied so far: a conversation that was erased has no lines to be counted. */
let applied = 0;
beforeAll(async () => {
  const real = await openStore({ dataDir: ':memory:' });
  const transact: typeof real.transact = async (event, work) => {
    const outcome = await real.transact(event, work);
    applied += 1;
    return outcome;
  };
  bot = await startBot(account, { store: { ...real, transact } });
  await account.login();
  await vi.waitUntil(() => bot.channel.health().ready);
});
afterAll(async () => {
  await bot.stop();
  await bot.store.close();
});

/** Dialogs of words and picks, whose first words show their language. */
function fits({ exchanges }: Dialog): boolean {
  const [first] = exchanges;
  if (first?.action.type !== 'says' || detectLanguage(first.action.text).language === undefined) return false;
  return exchanges.every(
    ({ action }) => action.type === 'picks' || (action.type === 'says' && action.text.trim() !== ''),
  );
}

/** The numbers of picked choices in the menu shown last; undefined when one is not in it. */
function numbersOf(ids: readonly string[], lines: readonly Line[]): string | undefined {
  const menu = lines.findLast(({ message }) => message?.choices)?.message?.choices ?? [];
  const places = ids.map((id) => menu.findIndex((choice) => choice.id === id || choice.id.endsWith(`:${id}`)) + 1);
  return places.includes(0) ? undefined : places.join(' ');
}

/** Plays a dialog on a phone; the outcome is what was said, by turn. Undefined: it picks what no phone shows. */
async function play(person: string, dialog: Dialog): Promise<Transcript | undefined> {
  const conversation = `wechat-personal:${person}`;
  const transcript: string[][] = [];
  let seen = 0;
  for (const { action } of dialog.exchanges) {
    const text =
      action.type === 'says'
        ? action.text
        : action.type === 'picks'
          ? numbersOf(action.ids, await bot.lines(conversation))
          : undefined;
    if (text === undefined) return undefined;
    const before = applied;
    account.hands({ from: person, text });
    const lines = () => bot.lines(conversation);
    await expect.poll(() => applied, { interval: 5 }).toBeGreaterThan(before);
    await bot.idle();
    const now = await lines();
    // A conversation that was erased begins anew.
    const said = now.slice(now.length < seen ? 0 : seen).filter(({ author }) => author === 'bot');
    seen = now.length;
    transcript.push([
      ...outcomeLines(said.flatMap(({ message }) => (message ? [{ type: 'say' as const, message }] : []))),
    ]);
  }
  return transcript;
}

/** What is nobody's words (a case, feedback) stands in the dialogs too; a phone shows what is said. */
function spokenOnly({ exchanges, ...dialog }: Dialog): Dialog {
  const said = /^\s*(?:bot|\d|or|also|→)/;
  return {
    ...dialog,
    exchanges: exchanges.map((exchange) => ({
      ...exchange,
      expected: exchange.expected.filter(({ text }) => said.test(text)),
    })),
  };
}

let people = 0;
for (const { file, dialogs } of files) {
  const fitting = dialogs.filter(fits).filter((_, at) => at % share === 0);
  if (fitting.length === 0) continue;
  test(`${file}: ${fitting.length} dialogs`, { timeout: 120_000 }, async () => {
    for (const dialog of fitting) {
      people += 1;
      const person = account.person(`visitor${people}`).id;
      const played = await play(person, dialog);
      if (!played) continue;
      const found = differences(spokenOnly(dialog), played);
      expect(found.map((difference) => differenceText(file, difference)).join('\n')).toBe('');
      const last = (await bot.lines(`wechat-personal:${person}`)).findLast(({ author }) => author === 'bot');
      if (!last?.message) continue;
      expect(account.heard(person).at(-1)).toBe(encode([last.message], { clickable: false, passive: false })[0]);
    }
  });
}
