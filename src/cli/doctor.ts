import { type Config, readConfig } from '../config.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { openStore } from '../store/open.ts';

/** One thing that was looked at; `remedy` says what to do when it is not well. */
interface Finding {
  readonly level: 'good' | 'warning' | 'bad';
  readonly text: string;
  readonly remedy?: string;
}

const signs = { good: 'ok  ', warning: 'note', bad: 'BAD ' };

/** Looks at settings, knowledge, database and every configured channel; says what to do. Exit code 1: something is bad. */
export async function run(): Promise<number> {
  const config = readConfig(process.env);
  const parts: readonly (readonly [string, readonly Finding[]])[] = [
    ['Settings', [{ level: 'good', text: 'All settings can be read.' }]],
    ['Knowledge', [await knowledgeFinding(config)]],
    ['Database', [await databaseFinding(config)]],
    ['Slack', await slackFindings(config)],
  ];
  for (const [name, findings] of parts) {
    console.log(name);
    for (const { level, text, remedy } of findings) {
      console.log(`  ${signs[level]}  ${text}`);
      if (remedy) console.log(`        ${remedy}`);
    }
  }
  const bad = parts.flatMap(([, findings]) => findings).filter(({ level }) => level === 'bad').length;
  console.log(bad === 0 ? '\nEverything that is configured works.' : `\n${bad} to mend.`);
  return bad === 0 ? 0 : 1;
}

async function knowledgeFinding({ knowledgeDir }: Config): Promise<Finding> {
  const { knowledge, problems } = await loadKnowledge(knowledgeDir);
  const remedy = 'npm run wenda -- check lists every problem.';
  if (!knowledge) return { level: 'bad', text: `The knowledge in ${knowledgeDir}/ has errors.`, remedy };
  const text = `${knowledge.entries.size} answers in ${knowledgeDir}/.`;
  return problems.length > 0 ? { level: 'warning', text, remedy } : { level: 'good', text };
}

async function databaseFinding({ databaseUrl, dataDir }: Config): Promise<Finding> {
  const name = databaseUrl ? 'PostgreSQL' : `SQLite in ${dataDir}/`;
  try {
    const store = await openStore({ databaseUrl, dataDir });
    await store.ping();
    await store.close();
    return { level: 'good', text: `${name} answers.` };
  } catch (error) {
    return { level: 'bad', text: error instanceof Error ? error.message : String(error) };
  }
}

async function slackFindings({ slack, publicUrl }: Config): Promise<readonly Finding[]> {
  if (!slack) return [{ level: 'good', text: 'Off. SLACK_BOT_TOKEN and SLACK_APP_TOKEN turn it on (docs/slack.md).' }];
  const { examine } = await import('../../adapters/slack/doctor.ts');
  const { questionChannels, ...settings } = slack;
  return examine({
    ...settings,
    ...(publicUrl !== undefined && { publicUrl }),
    channels: questionChannels.map((id) => ({ setting: 'SLACK_QUESTION_CHANNELS', id })),
  });
}
