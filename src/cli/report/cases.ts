import type { Case, Store } from '../../ports.ts';

/** At most so many events and cases are read. */
export const mostRead = 1_000_000;

/** All cases, whatever became of them. */
export async function allCases(store: Pick<Store, 'cases'>): Promise<readonly Case[]> {
  const statuses = ['waiting', 'claimed', 'resolved', 'withdrawn'] as const;
  return (await Promise.all(statuses.map((status) => store.cases(status, mostRead)))).flat();
}
