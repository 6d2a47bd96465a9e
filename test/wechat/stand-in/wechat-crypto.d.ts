declare module 'wechat-crypto' {
  /** Message cipher of the node-webot project. */
  class WXBizMsgCrypt {
    constructor(token: string, encodingAesKey: string, id: string);
    getSignature(timestamp: string, nonce: string, encrypt: string): string;
    encrypt(text: string): string;
    decrypt(text: string): { message: string; id: string };
  }
  export = WXBizMsgCrypt;
}
