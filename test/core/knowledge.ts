import { prepareKnowledge } from '../../src/knowledge/prepare.ts';

/** The shipped knowledge and its index, as the program loads them. */
export async function shipped() {
  const prepared = await prepareKnowledge('knowledge');
  if (!prepared.knowledge) throw new Error(JSON.stringify(prepared.problems, undefined, 1));
  return { knowledge: prepared.knowledge, index: prepared.index };
}
