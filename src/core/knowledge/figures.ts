import { numberPattern, valuesOf } from './numerals.ts';

/** A figure in a text, written in whatever way: the same figure has the same key in every language. */
export interface Figure {
  readonly kind: 'money' | 'percent' | 'date' | 'period' | 'number';
  readonly key: string;
  /** Undefined for dates. */
  readonly value?: number;
  readonly quote: string;
  /** True for words that need not be meant as a figure ("a week", "two", 一个). */
  readonly loose: boolean;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly kind: Figure['kind'];
  readonly pattern: RegExp;
  /** The key of one value, or of the match where there are no values. */
  key(groups: Groups, value: number): string;
}

const currencies: readonly (readonly [string, RegExp])[] = [
  ['HKD', /hk|港/i],
  ['USD', /us|\$|dollar|美/i],
  ['EUR', /eur|€|欧/i],
  ['GBP', /gbp|£|英/i],
  ['CNY', /./],
];
const currencyBefore = String.raw`HK\$|US\$|\$|€|£|[¥￥]|\b(?:RMB|CNY|USD|EUR|HKD|GBP)|人民币`;
const currencyAfter = String.raw`(?:RMB|CNY|yuan|USD|US dollars?|dollars?|EUR|euros?|HKD|GBP|pounds)\b|美元|欧元|港[元币]|英镑|元(?![旦素])`;
const join = String.raw`\s*(?:[-–—~～至到]|to|and|or|或)\s*`;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(?<month>Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![a-z])';
const year = String.raw`(?<year>(?:19|20)\d\d)`;
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const units: readonly (readonly [RegExp, string, number])[] = [
  [/工作日|(?:working|business)/i, 'working days', 1],
  [/分钟|minute/i, 'minutes', 1],
  [/小时|hour/i, 'minutes', 60],
  [/周|星期|week/i, 'minutes', 7 * 1440],
  [/月|month/i, 'months', 1],
  [/年|year/i, 'months', 12],
  [/[日天]|day/i, 'minutes', 1440],
];
const unit = String.raw`(?:working|business)[\s-]days?\b|(?:minute|hour|day|week|month|year)s?\b|个?工作日|分钟|个?小时|天|日|周(?!末|围)|个?星期|个月|年(?!级|代)`;
const one = `(?<first>${numberPattern})`;
const range = `${one}(?:${join}(?<last>${numberPattern}))?`;

/** In this order: what one rule has read is hidden from those after it. */
const rules: readonly Rule[] = [
  {
    kind: 'money',
    pattern: new RegExp(
      `(?<currency>${currencyBefore})\\s*${one}(?:${join}(?:${currencyBefore})?\\s*(?<last>${numberPattern}))?`,
      'gi',
    ),
    key: moneyKey,
  },
  { kind: 'money', pattern: new RegExp(`${range}\\s*(?<currency>${currencyAfter})`, 'gi'), key: moneyKey },
  { kind: 'percent', pattern: new RegExp(`${range}\\s*(?:[%％]|per ?cent\\b)`, 'gi'), key: percentKey },
  { kind: 'percent', pattern: new RegExp(`百分之${one}`, 'g'), key: percentKey },
  ...[
    String.raw`${day}\s+(?:of\s+)?${month}(?:,?\s+${year})?`,
    String.raw`${month}\s+${day}(?!\d)(?:,?\s+${year})?`,
    String.raw`${month},?\s+(?:of\s+)?${year}`,
    String.raw`(?<year>\d{4})[-/](?<month>\d\d)[-/](?<day>\d\d)`,
    String.raw`${year}年(?:(?<month>\d{1,2})月(?:(?<day>\d{1,2})[日号])?)?`,
    String.raw`(?<month>\d{1,2})月(?:(?<day>\d{1,2})[日号])?`,
    String.raw`(?<=\b(?:in|since|until|from|by|between|and|end of|of)\s)${month}`,
    String.raw`(?<![\w.,-])${year}(?!\d|[.,]\d)`,
  ].map((source): Rule => ({ kind: 'date', pattern: new RegExp(source, 'g'), key: dateKey })),
  { kind: 'period', pattern: new RegExp(`${range}[\\s-]*(?<unit>${unit})`, 'gi'), key: periodKey },
  { kind: 'number', pattern: new RegExp(one, 'gi'), key: (_, value) => String(value) },
];

/** The figures of a text in English or Chinese. Links, and the numbers of list items, are none. */
export function figuresIn(text: string): readonly Figure[] {
  let rest = text.replace(/\]\([^)]*\)|https?:\/\/\S+/g, ']').replace(/^\s*\d+[.)、]\s/gm, ' ');
  return rules.flatMap(({ kind, pattern, key }) => {
    const found: Figure[] = [];
    rest = rest.replace(pattern, (quote: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Groups;
      if (kind === 'date') {
        found.push({ kind, key: key(groups, 0), quote, loose: false });
        return ' | ';
      }
      const numbers = [groups['first'], groups['last']].filter((number) => number !== undefined);
      const values = numbers.map(valuesOf).filter((value) => value !== undefined);
      if (values.length < numbers.length) return quote;
      const spelled = numbers.every((number) => !/\d/.test(number));
      for (const value of values.flat()) {
        const loose = spelled && (kind === 'number' || value === 1);
        found.push({ kind, key: `${kind} ${key(groups, value)}`, value, quote: quote.trim(), loose });
      }
      return ' | ';
    });
    return found;
  });
}

function moneyKey({ currency = '' }: Groups, value: number): string {
  return `${currencies.find(([, sign]) => sign.test(currency))?.[0]} ${value}`;
}

function percentKey(_: Groups, value: number): string {
  return `${value}%`;
}

function dateKey({ year = '', month = '', day = '' }: Groups): string {
  const named = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const number = named > 0 ? named : Number(month);
  return `date ${[year, ...[number, Number(day)].filter((part) => part > 0)].join('-')}`;
}

function periodKey({ unit = '' }: Groups, value: number): string {
  const [, base, size = 1] = units.find(([sign]) => sign.test(unit)) ?? [];
  return `${value * size} ${base}`;
}
