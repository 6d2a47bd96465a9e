import sax from 'sax';

/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
  /** True when all of its text stands in CDATA. */
  readonly cdata: boolean;
}

/** Reads a document strictly: well formed, no attributes, comments, declarations or document types; otherwise throws. */
export function readXml(xml: string): Element {
  if (!xml.startsWith('<')) throw new Error('the document does not begin with <');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: characters that XML 1.0 forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml)) throw new Error('a character that XML forbids');
  if (!xml.isWellFormed()) throw new Error('half of a surrogate pair');
  const root: Open = { name: '', children: [], text: '', bare: '', cdata: false };
  const open = [root];
  const top = () => open[open.length - 1] ?? root;
  const refuse = (what: string) => () => {
    throw new Error(`${what} in the document`);
  };
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.ondoctype = refuse('a document type');
  parser.onprocessinginstruction = refuse('a declaration');
  parser.oncomment = refuse('a comment');
  parser.onattribute = refuse('an attribute');
  parser.onopentag = ({ name }) => {
    const element: Open = { name, children: [], text: '', bare: '', cdata: false };
    top().children.push(element);
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = (text) => {
    top().text += text;
    top().bare += text;
  };
  parser.oncdata = (text) => {
    top().text += text;
    top().cdata = true;
  };
  parser.write(xml).close();
  const [document] = root.children;
  if (!document || root.children.length > 1) throw new Error('not exactly one root element');
  return finish(document);
}

interface Open {
  readonly name: string;
  readonly children: Open[];
  text: string;
  bare: string;
  cdata: boolean;
}

function finish({ name, children, text, bare, cdata }: Open): Element {
  if (children.length > 0 && text.trim() !== '') throw new Error(`text between the elements of <${name}>`);
  return { name, children: children.map(finish), text, cdata: cdata && bare.trim() === '' };
}

/** Text as CDATA; `]]>` inside is split over two sections. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** A document in Tencent's form: numbers bare, everything else CDATA. */
export function writeXml(elements: Readonly<Record<string, string | number | bigint>>): string {
  const lines = Object.entries(elements).map(
    ([name, value]) => `<${name}>${typeof value === 'string' ? cdata(value) : value}</${name}>`,
  );
  return `<xml>${lines.join('\n')}</xml>`;
}
