/** A share (0..1) in percent. Only what is certain is 100 %. */
export function percent(share: number): string {
  return `${share === 1 ? 100 : Math.min(99, Math.round(share * 100))}%`;
}
