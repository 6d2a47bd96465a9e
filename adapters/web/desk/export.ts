import type { DeskItem } from '../../../src/core/conversation/desk-item.ts';
import type { CaseView } from '../../../src/ports.ts';
import type { Block, Inline } from '../wire.ts';
import type { WireItem } from './wire.ts';

/** A case and its thread as Markdown, times in UTC. Nobody's words become markup. `internal`: with notes. */
export function exportCase(view: CaseView, thread: readonly WireItem[], internal: boolean): string {
  const { facts, consultant, openedAt, status, channel, answers, topicTitle } = view;
  const head: readonly (readonly [string, string | undefined])[] = [
    ['Visitor · 访客', facts.name],
    ['Channel · 渠道', channel],
    ['Language · 语言', facts.language],
    ['Contact · 联系方式', facts.contact],
    ['Domain · 域名', facts.domain],
    ['Topic · 话题', topicTitle && `${topicTitle.en} · ${topicTitle.zh}`],
    ['Opened · 开始', time(openedAt)],
    ['Status · 状态', status],
    ['Consultant · 顾问', consultant?.name],
  ];
  const facing = facts.language === 'en' ? 'en' : 'zh';
  return [
    `# ${literal(view.question) || 'Case · 咨询'}`,
    '',
    ...head.filter(([, value]) => value).map(([name, value = '']) => `- ${name}: ${literal(value)}`),
    ...answers[facing].map(({ step, answer }) => `- ${literal(step)} ${literal(answer)}`),
    '',
    ...thread
      .filter((item) => internal || (item.kind !== 'note' && item.kind !== 'event'))
      .flatMap((item) => [`**${literal(whoOf(item))}** · ${time(item.at)}`, '', ...quote(wordsOf(item)), '']),
  ].join('\n');
}

function whoOf(item: WireItem): string {
  switch (item.kind) {
    case 'visitor':
      return 'Visitor · 访客';
    case 'bot':
    case 'notice':
      return 'Bot · 自动助手';
    case 'reply':
      return item.consultant.name || 'Consultant · 顾问';
    case 'note':
      return `${item.consultant.name} (internal · 内部)`;
    case 'event':
      return 'Desk · 服务台';
  }
}

function wordsOf(item: WireItem): string {
  switch (item.kind) {
    case 'bot':
    case 'notice':
      return item.blocks.map((block) => blockText(block)).join('\n\n');
    case 'event':
      return literal(eventText(item.item));
    default:
      return [literal(item.text), item.file && `\\[${literal(item.file.name)}\\]`].filter(Boolean).join('\n');
  }
}

function eventText(item: DeskItem): string {
  switch (item.kind) {
    case 'transferred':
      return `transferred: ${item.consultant.name} → ${item.to.name}`;
    case 'claimed':
    case 'released':
    case 'resolved':
    case 'snoozed':
      return `${item.kind}: ${item.consultant.name}`;
    case 'refused':
      return `refused (${item.why}): ${item.to.name}`;
    case 'rated':
      return `rated: ${item.helpful ? 'helpful' : 'not helpful'}`;
    case 'alert':
      return `reminder: ${item.alert}`;
    case 'visitor-edited':
      return item.text === undefined ? 'visitor took a message back' : `visitor changed a message: ${item.text}`;
    default:
      return item.kind;
  }
}

function blockText(block: Block, indent = ''): string {
  if (block.kind === 'paragraph') return block.children.map(inlineText).join('');
  return block.items
    .map((item, at) => {
      const sign = block.start === null ? '-' : `${block.start + at}.`;
      return `${indent}${sign} ${item.map((inner) => blockText(inner, `${indent}  `)).join('\n')}`;
    })
    .join('\n');
}

function inlineText(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return literal(node.text);
    case 'code':
      return literal(node.text);
    case 'break':
      return '\n';
    case 'strong':
      return `**${node.children.map(inlineText).join('')}**`;
    case 'emphasis':
      return `*${node.children.map(inlineText).join('')}*`;
    case 'link':
      return `${node.children.map(inlineText).join('')} (${literal(node.href)})`;
  }
}

function quote(text: string): readonly string[] {
  return text.split('\n').map((line) => `> ${line}`);
}

/** Every sign of Markdown and HTML stands for itself, addresses included; line breaks stay. */
function literal(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>#+!|~&@]|:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replaceAll(/^(\s*)([-=])/gm, '$1\\$2')
    .replaceAll(/^(\s*\d+)([.)])/gm, '$1\\$2');
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
