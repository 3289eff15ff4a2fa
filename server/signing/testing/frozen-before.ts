import { afterEach, beforeAll, beforeEach } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { type InstallationKeys, installationKeys, type SigningWorld, signingWorld } from './signing-world.ts'

interface Frozen {
  readonly keys: InstallationKeys
  readonly storage: Storage
  readonly signing: SigningWorld
  readonly first: Person
  readonly second: Person
  readonly mediator: Person
}

/** Before each test a version lies frozen before two sides and their mediator, ready to be signed. */
export function frozenBefore(versionId: VersionId, take: (frozen: Frozen) => void): void {
  let keys: InstallationKeys
  let storage: Storage
  let signing: SigningWorld
  beforeAll(async () => {
    keys = await installationKeys()
  })
  beforeEach(async () => {
    storage = await memoryStorage()
    signing = await signingWorld({ storage, keys })
    const [first, second] = signing.world.people
    await signing.freeze(versionId)
    take({ keys, storage, signing, first, second, mediator: signing.world.mediator })
  })
  afterEach(async () => {
    await signing.settle()
    await storage.close()
  })
}
