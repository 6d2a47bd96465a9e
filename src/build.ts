// A step of the build: the knowledge is made ready, so that the first start is as fast as every other. What is wrong
// with it is not told here but by the start, and by `wenda check`.
import { prepareKnowledge } from './knowledge/prepare.ts';

await prepareKnowledge('knowledge');
