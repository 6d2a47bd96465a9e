import { containerBootstrap, LangEn, Nlp } from '@nlpjs/basic';
import { LangZh } from '@nlpjs/lang-zh';
import { detectLanguage } from '../../src/core/language.ts';
import { normalize } from '../../src/core/matching/normalize.ts';
import type { Matcher } from '../reply.ts';
import { undecided } from './ranking.ts';

/** NLP.js: a small neural network a language, trained on the questions; the language of a message as Wenda detects it. */
export const nlpJs: Matcher = {
  name: 'NLP.js',
  build: async ({ entries }) => {
    const container = await containerBootstrap();
    container.registerConfiguration('nlu-manager', { log: false });
    container.use(Nlp);
    container.use(LangEn);
    container.use(LangZh);
    const nlp = container.get('nlp');
    nlp.settings.autoSave = false;
    for (const language of ['en', 'zh'] as const) {
      nlp.addLanguage(language);
      for (const { id, questions } of entries)
        for (const text of questions[language]) nlp.addDocument(language, normalize(text), id);
    }
    await nlp.train();
    return async (text) => {
      const { language = 'en' } = detectLanguage(text);
      const { classifications } = await nlp.process(language, normalize(text));
      const meant = classifications.filter(({ intent }) => intent !== 'None');
      return undecided(meant.map(({ intent, score }) => ({ entry: intent, score })));
    };
  },
};
