// What a test lends of an open case, with a place for what is owned by it.
import type { CaseClient } from '../case-client.ts'
import { createOwned } from '../owned.ts'

export function partOfCase(parts: object): CaseClient {
  const owned = createOwned<CaseClient>()
  const client: CaseClient = {
    ...parts,
    owned: (make: Parameters<typeof owned.get>[0]) => owned.get(make, client),
    close: owned.close,
    wipe: owned.wipe,
  } as unknown as CaseClient // what is asked of it
  return client
}
