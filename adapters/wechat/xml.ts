import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** The elements of a message by name: text only; what has elements inside is left out. */
export type Fields = ReadonlyMap<string, string>;

/** Numbers stay text (`00123`, ids beyond 2^53), entities stay as they are, spaces count. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
});

const sections = /<!\[CDATA\[[\s\S]*?\]\]>/g;

/** Reads a message of Tencent; undefined when it is not one flat, well-formed `<xml>` without declarations. */
export function readXml(xml: string): Fields | undefined {
  // What a visitor writes stands in CDATA and may look like anything.
  const markup = xml.replace(sections, '');
  if (/<[!?]/.test(markup) || XMLValidator.validate(xml) !== true) return undefined;
  try {
    const document: unknown = parser.parse(xml);
    if (!isRecord(document) || Object.keys(document).join() !== 'xml' || !isRecord(document['xml'])) return undefined;
    const elements = Object.entries(document['xml']);
    if (elements.some(([, value]) => Array.isArray(value))) return undefined;
    return new Map(elements.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Elements that make a document: numbers bare, texts in CDATA, elements inside one another. */
export interface Elements {
  readonly [name: string]: string | number | Elements;
}

/** Writes a document in Tencent's form. */
export function writeXml(elements: Elements): string {
  return `<xml>${written(elements)}</xml>`;
}

function written(elements: Elements): string {
  return Object.entries(elements)
    .map(([name, value]) => `<${name}>${typeof value === 'object' ? written(value) : content(value)}</${name}>`)
    .join('');
}

function content(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const allowed = value.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '');
  return `<![CDATA[${allowed.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
