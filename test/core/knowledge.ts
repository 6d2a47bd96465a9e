import { indexKnowledge } from '../../src/core/knowledge/index-knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';

/** The shipped knowledge and its index, as the program loads them. */
export async function shipped() {
  const loaded = await loadKnowledge('knowledge');
  if (!loaded.knowledge) throw new Error(JSON.stringify(loaded.problems, undefined, 1));
  return { knowledge: loaded.knowledge, index: indexKnowledge(loaded.knowledge) };
}
