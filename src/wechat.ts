import type { Hono } from 'hono';
import type { Apply } from './app/apply.ts';
import type { Log } from './app/log.ts';
import type { Metrics } from './app/metrics.ts';
import { createPhone } from './app/phone.ts';
import type { Config } from './config.ts';
import type { Knowledge } from './core/knowledge/knowledge.ts';
import type { Channel, Clock, Store } from './ports.ts';

/** A way into WeChat: its channel, and what it serves over HTTP. */
export interface Way {
  readonly channel: Channel;
  readonly routes: Hono;
}

/** The ways into WeChat that are configured. Their code is loaded only then. */
export async function wechatOf(
  { wechat }: Pick<Config, 'wechat'>,
  needs: {
    store: Store;
    apply: Apply;
    knowledge: Knowledge;
    metrics: Pick<Metrics, 'settled'>;
    clock: Clock;
    log: Log;
  },
): Promise<readonly Way[]> {
  const { store, apply, knowledge, metrics, clock, log } = needs;
  const moreWords = Object.values(knowledge.phrases).flatMap(({ commands }) => commands.more);
  const common = { store, moreWords, settled: metrics.settled, clock, log };
  const ways: Way[] = [];
  if (wechat.serviceAccount) {
    const { createServiceAccountChannel } = await import('../adapters/wechat/service-account/channel.ts');
    ways.push(createServiceAccountChannel({ ...common, ...wechat.serviceAccount }));
  }
  if (wechat.kf) {
    const { createKfChannel } = await import('../adapters/wechat/kf/channel.ts');
    const phone = createPhone({ surface: 'wecom', store, apply });
    ways.push(createKfChannel({ ...common, ...wechat.kf, phone }));
  }
  return ways;
}

/** What must not appear in logs. */
export function wechatSecrets({ wechat: { serviceAccount, kf } }: Pick<Config, 'wechat'>): readonly string[] {
  return [serviceAccount, kf].flatMap((way) =>
    way ? [way.token, ...way.keys, ...(way.secret === undefined ? [] : [way.secret])] : [],
  );
}

/** What the operator is told at the start, one line each. */
export function wechatLines({ wechat, publicUrl = 'https://<your address>' }: Pick<Config, 'wechat' | 'publicUrl'>) {
  const { serviceAccount, kf } = wechat;
  const replies = {
    off: 'replies only',
    on: 'with customer service messages',
    transfer: 'WeChat’s own desk takes cases',
  };
  return [
    serviceAccount
      ? `WeChat service account: on (${replies[serviceAccount.customerService]}), URL ${publicUrl}/wechat/service-account`
      : 'WeChat service account: off (WECHAT_APP_ID and WECHAT_TOKEN turn it on; docs/wechat.md)',
    kf
      ? `WeChat 微信客服: on, URL ${publicUrl}/wechat/kf`
      : 'WeChat 微信客服: off (WECOM_CORP_ID and WECOM_KF_SECRET turn it on; docs/wechat.md)',
  ];
}
