import type { Choice, Outgoing } from '../../src/core/message.ts';
import type { Labels, Script } from './place.ts';

const en = { language: 'en', refs: [] } as const;
const zh = { language: 'zh-Hans', refs: [] } as const;
const consultant: Choice = { id: 'consultant', label: 'Talk to a consultant' };

const greeting: Outgoing = {
  ...en,
  text: 'Hello. Ask about websites in China, or pick a topic.',
  choices: [
    { id: 'questionnaire:icp', label: 'Do we need an ICP? (a few questions)' },
    { id: 'topic:icp', label: 'ICP filing and licence' },
    consultant,
  ],
};

const answer: Outgoing = {
  ...en,
  text: 'The **ICP filing** itself is free.\n\n- The hosting provider hands it in.\n- A *licence* is a different thing: see [the decree](https://example.com/decree).\n\nPlan 20 days.',
  source: 'Source: our article (August 2014). Checked in November 2026. General information, not legal advice.',
  feedback: {
    ask: 'Did this help?',
    yes: { id: 'feedback:yes:icp-cost', label: 'Yes' },
    no: { id: 'feedback:no:icp-cost', label: 'No' },
  },
  choices: [
    { id: 'entry:icp-renewal', label: 'Renewing an ICP' },
    { id: 'entry:icp-definition', label: 'What is an ICP?' },
    consultant,
  ],
};

const answerZh: Outgoing = {
  ...zh,
  text: '**ICP备案本身不收费。**\n\n- 备案由接入服务商代为提交。\n- 经营许可证是另一回事，费用另计。\n\n一般需要20天左右。',
  source: '来源：本公司文章（2014年8月）。核对日期：2026年11月。一般信息，不构成法律意见。',
  feedback: {
    ask: '有帮助吗？',
    yes: { id: 'feedback:yes:icp-cost', label: '有' },
    no: { id: 'feedback:no:icp-cost', label: '没有' },
  },
  choices: [
    { id: 'entry:icp-renewal', label: '备案的年审与变更' },
    { id: 'consultant', label: '找顾问' },
  ],
};

const several: Outgoing = {
  ...en,
  text: '(2/7) **Is any of this involved?**\n\nPick all that fit.',
  multiple: true,
  choices: [
    { id: 'option:icp:special:health', label: 'Medicine, medical devices, health products' },
    { id: 'option:icp:special:news', label: 'News or publishing' },
    { id: 'option:icp:special:av', label: 'Film, TV, music, games' },
    { id: 'option:icp:special:none', label: 'None of these' },
    { id: 'back', label: 'Back', quiet: true },
    { id: 'cancel', label: 'Stop here', quiet: true },
  ],
};

const hosting: Outgoing = {
  ...en,
  text: '(1/7) **Where is it hosted, or where will it be?**',
  choices: [
    { id: 'option:icp:host:mainland', label: 'Mainland China' },
    { id: 'option:icp:host:hkmotw', label: 'Hong Kong, Macau or Taiwan' },
    { id: 'option:icp:host:abroad', label: 'Elsewhere (Korea, Japan, Europe, US …)' },
    { id: 'option:icp:host:unsure', label: 'I don’t know' },
    { id: 'cancel', label: 'Stop here', quiet: true },
  ],
};

export const thanks: Outgoing = { ...en, text: 'Thank you for telling us.' };
const changed: Outgoing = { ...zh, text: '好的，我们用中文继续。' };
const changedBack: Outgoing = { ...en, text: 'Let us go on in English.' };
export const erased: Outgoing = { ...en, refs: ['forget.done'], text: 'Everything is erased.' };

/** A bot that knows a few things by heart. */
export const sample: Script = (body) => {
  if (body.kind === 'arrival') return [greeting];
  const said = body.kind === 'text' ? body.text : body.kind === 'choice' ? (body.ids[0] ?? '') : '';
  if (said === 'language:zh') return [changed];
  if (said === 'language:en') return [changedBack];
  if (said.startsWith('questionnaire:')) return [hosting];
  if (said.startsWith('option:icp:host:')) return [several];
  if (said.startsWith('option:icp:special:')) return [thanks];
  if (said.startsWith('feedback:')) return [thanks];
  if (said === 'forget') return [{ type: 'forget' }, erased];
  if (/cost/i.test(said)) return [answer];
  if (/备案/.test(said)) return [answerZh];
  return [{ ...en, text: `You said: ${said.replaceAll(/([\\`*_[\]<>])/g, '\\$1')}` }];
};

/** The labels of everything that the sample offers. */
export const sampleLabels: Labels = new Map(
  [greeting, answer, several, hosting]
    .flatMap((message) => [...(message.choices ?? []), message.feedback?.yes, message.feedback?.no])
    .flatMap((choice) => (choice ? [[choice.id, choice.label] as const] : [])),
);
