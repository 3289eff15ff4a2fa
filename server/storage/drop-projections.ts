// All that is derived, gone at once: the next start makes it anew from the log.
import type { Storage } from './ports.ts'

/** Answers the tables that were there. */
export async function dropProjections({ projections }: Pick<Storage, 'projections'>): Promise<readonly string[]> {
  const tables = await projections.tables()
  for (const table of tables) await projections.drop(table)
  return tables
}
