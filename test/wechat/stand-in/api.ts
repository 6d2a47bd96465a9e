import type { Json, Kf, Platform } from './index.ts';

/** Calls an API as a bot does; for the stand-in's own tests. */
export async function call(
  platform: Platform,
  path: string,
  body?: Json,
  query: Record<string, string> = {},
): Promise<Json> {
  const url = `${platform.apiUrl}/${path}?${new URLSearchParams(query)}`;
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, request);
  return (await response.json()) as Json;
}

/** How a PNG begins. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Uploads a file that begins like a PNG. */
export async function upload(
  platform: Platform,
  token: string,
  type: string,
  name: string,
  bytes: number,
): Promise<Json> {
  const form = new FormData();
  const content = new Uint8Array(bytes);
  content.set(signature.slice(0, bytes));
  form.append('media', new Blob([content]), name);
  const url = `${platform.apiUrl}/cgi-bin/media/upload?${new URLSearchParams({ access_token: token, type })}`;
  return (await (await fetch(url, { method: 'POST', body: form })).json()) as Json;
}

/** Moves a customer's session, as another app of the company can; throws what WeCom refuses. */
export async function moveSession(
  kf: Kf,
  customer: { readonly openKfId: string; readonly id: string },
  change: Json,
): Promise<void> {
  const signedIn = await call(kf, 'cgi-bin/gettoken', undefined, { corpid: kf.corpId, corpsecret: kf.secret });
  const body = { open_kfid: customer.openKfId, external_userid: customer.id, ...change };
  const token = { access_token: String(signedIn['access_token']) };
  const { errcode, errmsg } = await call(kf, 'cgi-bin/kf/service_state/trans', body, token);
  if (errcode !== 0) throw new Error(String(errmsg));
}
