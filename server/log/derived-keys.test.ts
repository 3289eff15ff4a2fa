import { describe, expect, it } from 'vitest'
import { macWith } from '#server/kernel/digest.ts'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { makeAudienceKeys } from './audience-keys.ts'
import { decryptBytes, encryptBytes } from './body-cipher.ts'
import { isCommitWhole, withoutContent } from './commit-macs.ts'
import { audienceKey, derivationsBy, type EpochDerivation } from './derived-keys.ts'
import { wireEvent } from './event-codec.ts'

const entropy = seededEntropy('derived keys')
const stored = new Uint8Array(32).fill(5)
const NEW_EPOCH = 1_800_000_000
const UPGRADED: readonly EpochDerivation[] = [
  { from: NEW_EPOCH, derivation: 1 },
  { from: 1, derivation: 0 },
]
const context = utf8('what it is')
const plain = utf8('ең төменгі баға')
const masterKey = new Uint8Array(32).fill(7)

describe('keys of an audience', () => {
  it('[LOG-30] are one for encrypting and one for MACs from the epoch of the upgrade on, and the stored one before it', () => {
    const key = audienceKey(stored, derivationsBy(UPGRADED))
    const used = (of: typeof key, epoch: number) => {
      const { encryption, mac } = of.inEpoch(epoch)
      return { encryption, mac: mac(plain) }
    }
    const [before, last, now, later] = [1, NEW_EPOCH - 1, NEW_EPOCH, NEW_EPOCH + 5].map((epoch) => used(key, epoch))
    for (const old of [before, last]) expect(old).toEqual({ encryption: stored, mac: macWith(stored)(plain) })
    expect(later).toEqual(now)
    expect(now?.encryption).not.toEqual(stored)
    for (const encryption of [stored, now?.encryption ?? stored]) expect(now?.mac).not.toEqual(macWith(encryption)(plain))
    expect(used(audienceKey(stored, derivationsBy(UPGRADED)), NEW_EPOCH)).toEqual(now)
    expect(used(audienceKey(new Uint8Array(32).fill(6), derivationsBy(UPGRADED)), NEW_EPOCH).mac).not.toEqual(now?.mac)
  })

  it('[LOG-30] drafts and files say by which derivation they were encrypted, and open by no other', () => {
    const key = audienceKey(stored, derivationsBy(UPGRADED))
    const now = key.encrypt(context, plain, entropy)
    const old = encryptBytes(stored, plain, context, entropy)
    expect(Buffer.from(key.decrypt(context, now))).toEqual(Buffer.from(plain))
    expect(Buffer.from(key.decrypt(context, old))).toEqual(Buffer.from(plain))
    expect([now[0], old[0]]).toEqual([2, 1])
    for (const bytes of [now, old]) {
      const renamed = Uint8Array.from(bytes)
      renamed[0] = 3 - (bytes[0] ?? 0)
      expect(() => key.decrypt(context, renamed)).toThrow()
      expect(() => key.decrypt(utf8('something else'), bytes)).toThrow()
    }
    expect(() => decryptBytes(key.inEpoch(NEW_EPOCH).encryption, now, context)).toThrow() // the form is authenticated, not only the key
    expect(() => decryptBytes(stored, now, context)).toThrow()
  })
})

/** A case whose beginning was written before the upgrade, by the same key. */
async function upgradedCase() {
  const storage = memoryStorage()
  const world = supplyCase()
  const before = serverOver({ storage, derivations: [{ from: 1, derivation: 0 }] })
  await openSession(before, world)
  const say = async (log: typeof before, id: ReturnType<typeof newCommandId>, text: string) => {
    const all = (await log.state(world.caseId)).audiences.get('all')
    const seen = { audience: 'all' as const, epoch: all?.epoch ?? 0, seq: all?.seq ?? 0, hash: all?.hash ?? '' }
    return act(log, world.mediator, messagePost, { audience: 'all', id, text }, { id, seen })
  }
  const oldId = newCommandId()
  const oldPlaces = await say(before, oldId, 'бұрын')
  const after = serverOver({ storage, seed: 'after', derivations: UPGRADED, epoch: NEW_EPOCH })
  const newId = newCommandId()
  const newPlaces = await say(after, newId, 'кейін')
  const keys = makeAudienceKeys({ keys: storage.keys, masterKey, entropy, derivationOf: derivationsBy(UPGRADED) })
  const commits = await storage.log.readCase(world.caseId, 0, 100)
  return { storage, world, after, say, oldId, oldPlaces, newId, newPlaces, commits, key: await keys.load(world.caseId, 'all') }
}

describe('a case over the upgrade', () => {
  it('[LOG-30] reads on, and a body opens under the derivation of its own epoch alone', async () => {
    const { storage, world, after, commits, key } = await upgradedCase()
    const record = await after.readWhole(world.caseId, 'all')
    expect(record.map(({ epoch }) => epoch).slice(-2)).toEqual([1, NEW_EPOCH])
    expect(record.every(({ body }) => body !== null)).toBe(true)
    for (const event of commits.flatMap((commit) => commit.events).filter(({ audience }) => audience === 'all')) {
      const other = event.epoch === 1 ? NEW_EPOCH : 1
      expect(wireEvent(world.caseId, event, key).body).not.toBeNull()
      expect(() => wireEvent(world.caseId, { ...event, epoch: other }, key)).toThrow()
    }
    await storage.close()
  })

  it('[LOG-31] a retry is recognised on both sides of it, and the same id with other words is refused', async () => {
    const { storage, say, after, oldId, oldPlaces, newId, newPlaces } = await upgradedCase()
    expect(await say(after, oldId, 'бұрын')).toEqual(oldPlaces)
    expect(await say(after, newId, 'кейін')).toEqual(newPlaces)
    for (const id of [oldId, newId])
      await expect(say(after, id, 'басқа')).rejects.toMatchObject({ problem: { kind: 'conflict', reason: 'log/command-id-used' } })
    await storage.close()
  })

  it('[LOG-31] the MAC of a commit binds its number, its command and which events it holds, and outlives what was said', async () => {
    const { storage, commits, key } = await upgradedCase()
    const commit = commits.at(-1)
    const old = commits.at(-2)
    if (!commit || !old) throw new Error('two commits were made')
    expect(isCommitWhole(key, commit)).toBe(true)
    expect(isCommitWhole(key, old)).toBeUndefined()
    expect(isCommitWhole(key, { ...old, commandMac: commit.commandMac })).toBe(false)
    const changes = [
      { commitNumber: commit.commitNumber + 1 },
      { by: old.by },
      { commandId: old.commandId },
      { events: [...commit.events, ...commit.events] },
    ]
    for (const change of changes.filter((each) => !('by' in each) || old.by !== commit.by))
      expect(isCommitWhole(key, { ...commit, ...change })).toBe(false)
    const flipped = commit.commandMac.map((byte, at) => (at === 3 ? byte ^ 1 : byte))
    expect(isCommitWhole(key, { ...commit, commandMac: flipped })).toBe(false)
    const forgotten = { ...commit, commandMac: withoutContent(key, commit) }
    expect(isCommitWhole(key, forgotten)).toBe(true)
    expect(Buffer.from(forgotten.commandMac).subarray(0, 32)).toEqual(Buffer.alloc(32))
    await storage.close()
  })
})
