import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { botMessages, manifest, quiet } from './bot.ts';
import { askForPerson, type Consultants, heard, marks, startConsultants, until } from './consultants.ts';
import { type Person, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let desk: Consultants;
let number = 0;

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: false, retryAfter: [200, 1_000, 3_000] });
  desk = await startConsultants(slack, { private: true });
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await desk.bot.stop();
  await slack.stop();
});

const someone = (): Person => slack.user({ name: `visitor${++number}`, locale: 'en-US' });
const whispersTo = (person: Person) =>
  slack.messages(desk.place).filter(({ ephemeralFor }) => ephemeralFor === person.id);

describe('who may act at the desk', { timeout: 120_000 }, () => {
  it('clicking twice does no harm, and a case that is over says so', async () => {
    const { mei, tom, place } = desk;
    const { card } = await askForPerson(slack, place, someone());
    const old = slack.message(place, card.ts).blocks ?? [];
    await Promise.all([mei.click(place, card.ts, 'desk:claim'), mei.click(place, card.ts, 'desk:claim')]);
    await until(() => JSON.stringify(slack.message(place, card.ts).blocks).includes('desk:resolve'));
    await mei.click(place, card.ts, 'desk:resolve');
    await until(() => JSON.stringify(slack.message(place, card.ts).blocks).includes('Resolved ·'));
    const lines = (start: string) => botMessages(slack, place, card.ts).filter(({ text }) => text.startsWith(start));
    await until(() => lines('Mei has resolved').length === 1);
    expect(lines('Mei has claimed')).toHaveLength(1);
    // Somebody still sees the card as it was.
    Object.assign(slack.message(place, card.ts), { blocks: old });
    await tom.click(place, card.ts, 'desk:claim');
    await until(() => whispersTo(tom).at(-1)?.text === '此咨询已结束。');
  });

  it('neither guests nor people of other companies, nor anybody while Slack does not say', async () => {
    const { place, mei } = desk;
    const guest = slack.user({ name: 'Guest', restricted: true });
    const stranger = slack.user({ name: 'Stranger', team: slack.otherTeamId });
    for (const person of [guest, stranger]) person.join(place);
    const { card, visitor } = await askForPerson(slack, place, someone());
    const sentence = 'Only members of this channel who belong to this workspace can do that.';
    for (const person of [guest, stranger]) {
      await person.click(place, card.ts, 'desk:claim');
      await until(() => whispersTo(person).at(-1)?.text === sentence);
      person.post(place, 'let me in', { thread: card.ts });
    }
    const late = slack.user({ name: 'Late', locale: 'en-US' });
    await quiet(slack, 1_100);
    late.join(place);
    slack.faults.refuse({ method: 'users.info' }, 'internal_error', Number.POSITIVE_INFINITY);
    await late.click(place, card.ts, 'desk:claim');
    await until(() => whispersTo(late).at(-1)?.text.startsWith('Slack cannot say just now'));
    slack.faults.clear();
    await quiet(slack);
    expect(JSON.stringify(slack.message(place, card.ts).blocks)).toContain('desk:claim');
    expect(heard(slack, visitor)).toHaveLength(2);
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => heard(slack, visitor).length === 3);
  });

  it('consultants find open cases in their App Home, nobody else does', async () => {
    const { mei, place } = desk;
    const { visitor } = await askForPerson(slack, place, someone());
    mei.openHome();
    await until(() => mei.home().includes(`Waiting · 待认领 — ${visitor.person.name}`));
    expect(mei.home()).toContain(`<https://example.slack.com/archives/${place.id}/p`);
    visitor.person.openHome();
    await until(() => visitor.person.home().includes('Delete my data'));
    expect(visitor.person.home()).not.toContain('Open cases');
  });

  it('a case goes to a colleague, and to nobody else', async () => {
    const { mei, tom, place } = desk;
    const { card, visitor } = await askForPerson(slack, place, someone());
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => JSON.stringify(slack.message(place, card.ts).blocks).includes('desk:transfer'));
    await mei.select(place, card.ts, 'desk:transfer', visitor.person.id);
    await until(() => whispersTo(mei).at(-1)?.text.startsWith('That person is not a member'));
    await mei.select(place, card.ts, 'desk:transfer', tom.id);
    await until(() => JSON.stringify(slack.message(place, card.ts).blocks).includes('Tom'));
    mei.post(place, 'INTERNAL', { thread: card.ts });
    const reply = tom.post(place, 'Hello from Tom', { thread: card.ts });
    await until(() => marks(slack, place, reply).includes('white_check_mark'));
    expect(JSON.stringify(heard(slack, visitor))).not.toContain('INTERNAL');
    await tom.select(place, card.ts, 'desk:snooze', '1h');
    await until(() => JSON.stringify(slack.message(place, card.ts).blocks).includes('Snoozed until'));
  });
});

describe('files', { timeout: 60_000 }, () => {
  const png = (name: string, size = 64) => ({ name, mimetype: 'image/png', bytes: new Uint8Array(size).fill(7) });

  it('go both ways, without an address of Slack in any text', async () => {
    const { mei, place } = desk;
    const { card, visitor } = await askForPerson(slack, place, someone());
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => heard(slack, visitor).length === 3);
    mei.upload(place, png('plan.png'), { thread: card.ts });
    const filesIn = (where: typeof place, thread: string) =>
      botMessages(slack, where, thread).flatMap(({ files = [] }) => files.map((file) => file['name']));
    await until(() => filesIn(visitor.place, visitor.thread).includes('plan.png'));
    visitor.person.upload(visitor.place, png('licence.png'), { thread: visitor.thread });
    await until(() => filesIn(place, card.ts).includes('licence.png'));
    const texts = [...botMessages(slack, place), ...botMessages(slack, visitor.place)];
    expect(JSON.stringify(texts.map(({ text, blocks }) => [text, blocks]))).not.toContain('files-pri');
  });

  it('that are not carried are named to the one who sent them', async () => {
    const { mei, place } = desk;
    const { card, visitor } = await askForPerson(slack, place, someone());
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => heard(slack, visitor).length === 3);
    mei.upload(place, { name: 'run.exe', bytes: new Uint8Array([1]) }, { thread: card.ts });
    mei.upload(place, png('huge.png', 21 * 1024 * 1024), { thread: card.ts });
    await until(() => whispersTo(mei).some(({ text }) => text.includes('run.exe was not sent: only pictures')));
    await until(() => whispersTo(mei).some(({ text }) => text.includes('huge.png was not sent: files of up to 20 MB')));
    expect(heard(slack, visitor)).toHaveLength(3);
  });
});

describe('two who claim at once', { timeout: 180_000 }, () => {
  it('exactly one has the case and the other is told who, one hundred times', async () => {
    const { mei, tom, place } = desk;
    const { card } = await askForPerson(slack, place, someone());
    const shown = slack.message(place, card.ts);
    const free = shown.blocks ?? [];
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => JSON.stringify(shown.blocks).includes('desk:release'));
    const held = shown.blocks ?? [];
    await mei.click(place, card.ts, 'desk:release');
    for (let round = 0; round < 100; round++) {
      const before = { mei: whispersTo(mei).length, tom: whispersTo(tom).length };
      // The card is changed no faster than Slack allows: both still see the case as free.
      Object.assign(shown, { blocks: free });
      const both = round % 2 ? [mei, tom] : [tom, mei];
      const replies = await Promise.all(both.map((person) => person.click(place, card.ts, 'desk:claim')));
      expect(replies.map(({ acknowledged }) => acknowledged)).toEqual([true, true]);
      await until(() => whispersTo(mei).length + whispersTo(tom).length > before.mei + before.tom);
      const told = [whispersTo(mei).length - before.mei, whispersTo(tom).length - before.tom];
      expect(told.toSorted()).toEqual([0, 1]);
      const [winner, loser] = told[0] === 1 ? [tom, mei] : [mei, tom];
      expect(whispersTo(loser).at(-1)?.text).toContain(winner.name);
      Object.assign(shown, { blocks: held });
      await winner.click(place, card.ts, 'desk:release');
    }
    expect(whispersTo(mei).length + whispersTo(tom).length).toBeGreaterThanOrEqual(100);
  });
});
