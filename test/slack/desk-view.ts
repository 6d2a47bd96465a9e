import type { CaseView } from '../../src/ports.ts';

/** A case as a card shows it. */
export function viewOf(change: Partial<CaseView> = {}): CaseView {
  return {
    id: 'case1',
    conversation: 'web:v1',
    channel: 'wechat-kf',
    status: 'waiting',
    reason: 'misses',
    question: 'how much for a pigeon archive?',
    facts: { name: 'Ana', language: 'en', contact: 'ana@example.com', domain: 'example.com' },
    openedAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_000,
    consultant: null,
    paged: true,
    waitingSince: 1_700_000_000_000,
    snoozedUntil: null,
    helpful: null,
    answers: { en: [{ step: 'Company', answer: 'In China' }], zh: [{ step: '公司', answer: '在中国' }] },
    matched: [{ entry: 'icp-cost', confidence: 0.42, title: { en: 'Cost of a filing', zh: '备案费用' } }],
    allowance: { left: 3, until: 1_700_000_600_000, detail: 'three' },
    ...change,
  };
}
