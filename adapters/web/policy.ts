/** What our pages may load: from here only. `fonts`: of their own, too; `frameAncestors`: who may frame them. */
export function contentPolicy({ fonts, frameAncestors }: { fonts: boolean; frameAncestors: string[] }) {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    ...(fonts && { fontSrc: ["'self'"] }),
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors,
  };
}
