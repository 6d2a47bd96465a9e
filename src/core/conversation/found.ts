import type { Details } from './effect.ts';

const address = /(?<![a-z0-9._%+-])[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}/i;
const mobile = /(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/;
const international = /\+\d(?:[ ()-]*\d){6,14}(?!\d)/;
// Bounded spaces: a long run of them would be divided in every way.
const wechat =
  /(?:微信|we ?chat|weixin)\s{0,3}(号|id)?\s{0,3}(?:is\b|是|为|([:：]))?\s{0,3}([a-z][-_a-z0-9]{5,19})(?![a-z0-9.])/i;

const host =
  /(?<![@\w.%+-])(?:https?:\/\/)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]+|[a-z]{2,}))(?![\w@])/gi;

/** Endings of more than two letters that are domains rather than files or abbreviations. */
const endings =
  /\.(?:com|net|org|info|biz|edu|app|dev|shop|store|online|site|xyz|top|vip|wang|club|asia|ltd|group|tech|cloud|xn--[a-z0-9-]+)$/;
const country = /(?<=[a-z0-9-]{2})\.(?!(?:js|ts|py|md|sh|rs|cs|pl|ps)$)[a-z]{2}$/;

/** Hosts that are spoken about rather than owned by a visitor. */
const known =
  /(?:^|\.)(?:gov\.cn|asp\.net|(?:baidu|google|qq|wechat|weixin|wechatpay|alipay|aliyun|alibaba|alibabacloud|tencent|huawei|huaweicloud|taobao|tmall|jd|douyin|tiktok|weibo|zhihu|bilibili|youku|amazon|amazonaws|azure|microsoft|apple|cloudflare|github|gitee|facebook|instagram|youtube|twitter|linkedin|wikipedia|gmail|outlook|hotmail|shopify|wordpress|wix|squarespace|godaddy|namecheap|bing|sogou|163|126)\.(?:com|cn|net|org)(?:\.cn|\.hk)?)$/;

/** How the visitor can be reached and the domain they speak of, where the text says so. */
export function detailsIn(text: string): Details {
  const plain = text.normalize('NFKC');
  const contact = contactIn(plain);
  const domain = domainIn(plain);
  return { ...(contact && { contact }), ...(domain && { domain }) };
}

/** The text without addresses, numbers and domains, whose words are in no language. */
export function withoutDetails(text: string): string {
  const sought = [address, international, mobile, wechat, host];
  return sought.reduce((left, pattern) => left.replace(pattern, ' '), text.normalize('NFKC'));
}

function contactIn(text: string): string | undefined {
  const [found] = address.exec(text) ?? international.exec(text) ?? mobile.exec(text) ?? [];
  if (found) return found;
  const [whole, word, colon, id = ''] = wechat.exec(text) ?? [];
  // "WeChat payment" names no account; "WeChat: payment" and "wechat amy_lin" do.
  return word || colon || /[\d_]/.test(id) ? whole : undefined;
}

function domainIn(text: string): string | undefined {
  return [...text.matchAll(host)]
    .map(([, name = '']) => name.toLowerCase().replace(/^www\./, ''))
    .find((name) => (endings.test(name) || country.test(name)) && !known.test(name));
}
