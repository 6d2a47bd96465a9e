import { type Method, Refusal } from '../server.ts';
import type { World } from './world.ts';

/** `user/info`: since 2021 without name and picture; of somebody who does not follow only the openid. */
export function userInfo({ people }: World): Method {
  return {
    verb: 'GET',
    run({ query }) {
      const person = people.get(query['openid'] ?? '');
      if (!person) throw new Refusal(40003, 'invalid openid');
      const { openId: openid, language, followedAt } = person;
      if (!person.following) return { subscribe: 0, openid };
      const subscribe_time = Math.floor(followedAt / 1000);
      const rest = { remark: '', groupid: 0, tagid_list: [], subscribe_scene: 'ADD_SCENE_SEARCH', qr_scene: 0 };
      return { subscribe: 1, openid, language, subscribe_time, ...rest, qr_scene_str: '' };
    },
  };
}

/** `customservice/kfsession/getsession`: who of WeChat's own 客服 serves a person; empty: nobody. */
export function getSession({ people, clock }: World): Method {
  return {
    verb: 'GET',
    run({ query }) {
      const person = people.get(query['openid'] ?? '');
      if (!person) throw new Refusal(40003, 'invalid openid');
      const { served } = person;
      const kf_account = served.by === 'agent' && served.until > clock.now() ? served.account : '';
      return { errcode: 0, errmsg: 'ok', kf_account, createtime: Math.floor(person.wroteAt / 1000) };
    },
  };
}

/** `customservice/getonlinekflist`. */
export function onlineAgents({ agents, people }: World): Method {
  return {
    verb: 'GET',
    run() {
      const online = [...agents].filter(([, status]) => status).map(([account]) => account);
      const served = [...people.values()].map((person) => person.served);
      return {
        kf_online_list: online.map((kf_account, index) => ({
          kf_account,
          status: 1,
          kf_id: String(1001 + index),
          accepted_case: served.filter((one) => one.by === 'agent' && one.account === kf_account).length,
        })),
      };
    },
  };
}
