/** What is used of NLP.js, which has no types of its own. */
declare module '@nlpjs/basic' {
  export interface Classification {
    readonly intent: string;
    readonly score: number;
  }
  export class Nlp {
    settings: { autoSave?: boolean };
    addLanguage(locale: string): void;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(locale: string, utterance: string): Promise<{ readonly classifications: readonly Classification[] }>;
  }
  export class LangEn {}
  export interface Container {
    use(plugin: unknown): void;
    get(name: 'nlp'): Nlp;
    registerConfiguration(tag: string, settings: object): void;
  }
  export function containerBootstrap(): Promise<Container>;
}
declare module '@nlpjs/lang-zh' {
  export class LangZh {}
}
