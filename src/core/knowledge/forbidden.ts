/** Something that no text may say. */
export interface Forbidden {
  readonly say: RegExp;
  /** Allowed when this stands shortly before it in the same clause: who denies a promise makes none. */
  readonly unless: RegExp;
  readonly remedy: string;
}

const denial =
  /\b(?:no|not|cannot|never|without|neither|nor|nobody|none|hardly)\b|n[’']t\b|不(?!断)|没|无(?!论)|未(?!来)|勿|非(?!常)|难以|禁止/i;

const promise = 'say what is usual or likely, without a promise';
const advice = 'leave it out: no advice on ways around the law';

/** What the bot never says: promises of success, and advice to go round the blocking. */
export const forbidden: readonly Forbidden[] = [
  { say: /\bguarantee\w*/i, unless: denial, remedy: promise },
  { say: /保证(?![金书])/, unless: denial, remedy: promise },
  { say: /包过|包下证|包通过|百分之?百能?(?:通过|成功)/, unless: denial, remedy: promise },
  { say: /\bwe promise\b|\b100 ?% (?:sure|safe|success\w*)/i, unless: denial, remedy: promise },
  { say: /\bVPNs?\b|\bShadowsocks\b|翻墙|科学上网|梯子/i, unless: denial, remedy: advice },
  {
    say: /\b(?:bypass|circumvent)\w* (?:the )?(?:great )?(?:firewall|block\w*)|绕过(?:防火墙|封锁)/i,
    unless: denial,
    remedy: advice,
  },
];
