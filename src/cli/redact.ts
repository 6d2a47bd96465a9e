/** A visitor's words for a report: e-mail addresses and long numbers (telephone, card, order) are masked. */
export function redact(text: string): string {
  return text
    .replace(/[\p{Script=Latin}\p{N}._%+-]+@[\p{Script=Latin}\p{N}-]+(?:\.[\p{Script=Latin}\p{N}-]+)+/gu, '[e-mail]')
    .replace(/\+?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){5,}/gu, '[number]');
}
