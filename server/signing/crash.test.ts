// A server that dies between two steps of signing, and another that takes the case up: nothing is lost, nothing happens twice.
import { createHash, webcrypto } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { Storage } from '#server/storage/ports.ts'
import { act, newCommandId } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { defineCommand } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { roomLeft } from '#shared/rooms/room-protocol.ts'
import { signersFold } from '#shared/signing/signers-state.ts'
import { signatureGive, signatureWithdraw, versionDecline } from '#shared/signing/signing-protocol.ts'
import { bundleDownload } from '#shared/signing/signing-routes.ts'
import { agreementFold, ownSigningFold, standingOf } from '#shared/signing/signing-state.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { chainIn, filesOf } from './testing/forger.ts'
import { certifyOnDevice, signOnDevice } from './testing/signing-device.ts'
import { type InstallationKeys, installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const V1 = asId<VersionId>('version-1_____________')
let keys: InstallationKeys
let storage: Storage

beforeAll(async () => {
  keys = await installationKeys()
})
beforeEach(async () => {
  storage = await memoryStorage()
})
afterEach(() => storage.close())

const leaveSigners = defineCommand('test:leave', { input: z.strictObject({ participantId: idField<ParticipantId>() }) })
const leaveSignersRule = systemRule({
  command: leaveSigners,
  sees: () => [],
  decide: (_view, input) => decided(newEvent(roomLeft, signersAudience(V1), input)),
})

/** A server that does nothing by itself, as if it died right after each commit. */
async function dying(): Promise<SigningWorld> {
  const signing = await signingWorld({ storage, keys, lazy: true, rules: [leaveSignersRule] })
  await signing.freeze(V1)
  return signing
}
const restarted = (seed: string) => signingWorld({ storage, keys, again: true, lazy: true, seed })

function peopleOf({ world: { people, mediator } }: SigningWorld) {
  const [first, second] = people
  return { first, second, mediator }
}

describe('a server killed', () => {
  it('[SIG-2] right after freezing: the next one seals, once, before the first signature', async () => {
    const { first } = peopleOf(await dying())
    const [one, two] = [await restarted('one'), await restarted('two')]
    await Promise.all([one.settle(), two.settle()])
    await two.log.refresh(two.world.caseId)
    expect((await two.view(first)).state(signersFold, signersAudience(V1))?.frozen).toBeDefined()
    const sealed = (await two.log.readWhole(two.world.caseId, signersAudience(V1))).filter((event) => event.type === 'version:sealed')
    expect(sealed).toHaveLength(1)
  })

  it('[SIG-2] right after freezing: asking for a confirmation finishes the sealing', async () => {
    await dying()
    const next = await restarted('next')
    const { first } = peopleOf(next)
    await certifyOnDevice(next, first, V1)
    expect((await next.view(first)).state(signersFold, signersAudience(V1))?.frozen).toBeDefined()
  })

  it('[SIG-5] between certificate and signature: the signature still goes through on the next server', async () => {
    const signing = await dying()
    const { first } = peopleOf(signing)
    const { cms } = await signOnDevice(signing, first, V1)
    const next = await restarted('next')
    await act(next.log, first, signatureGive, { versionId: V1, cms })
    expect(standingOf((await next.view(first)).state(ownSigningFold, directAudience(first.id)), V1)).toBeDefined()
  })

  it('[SIG-15] right after a withdrawal: the bytes are destroyed at the next start', async () => {
    const signing = await dying()
    const { first } = peopleOf(signing)
    const { cms } = await signOnDevice(signing, first, V1)
    await act(signing.log, first, signatureGive, { versionId: V1, cms })
    const fileId = standingOf((await signing.view(first)).state(ownSigningFold, directAudience(first.id)), V1)?.fileId
    if (!fileId) throw new Error('not given')
    await act(signing.log, first, signatureWithdraw, { versionId: V1 })
    expect(await storage.files.has(fileId)).toBe(true)
    const next = await restarted('next')
    await next.settle()
    expect(await storage.files.has(fileId)).toBe(false)
  })

  it('[SIG-91] right after a no to the mediator: nobody signs, nothing is released, and the next one opens the text', async () => {
    const signing = await dying()
    const { first, second, mediator } = peopleOf(signing)
    for (const person of [first, second]) {
      const { cms } = await signOnDevice(signing, person, V1)
      await act(signing.log, person, signatureGive, { versionId: V1, cms })
    }
    const last = await signOnDevice(signing, mediator, V1)
    await act(signing.log, first, versionDecline, { versionId: V1, to: 'mediator' })
    expect((await signing.view(second)).state(draftFold, 'all')?.phase.kind).toBe('frozen')
    await expect(act(signing.log, mediator, signatureGive, { versionId: V1, cms: last.cms })).rejects.toMatchObject({
      problem: { reason: 'signing/reopened' },
    })
    const [one, two] = [await restarted('one'), await restarted('two')]
    await Promise.all([one.settle(), two.settle()])
    const opened = (await two.log.readWhole(two.world.caseId, 'all')).filter((event) => event.type === 'draft:reopened')
    expect(opened).toHaveLength(1)
  })

  it('[SIG-91] right after a no to the mediator: another side, which cannot know of it, does not sign either', async () => {
    const signing = await dying()
    const { first, second } = peopleOf(signing)
    const { cms } = await signOnDevice(signing, second, V1)
    await act(signing.log, first, versionDecline, { versionId: V1, to: 'mediator' })
    await expect(act(signing.log, second, signatureGive, { versionId: V1, cms })).rejects.toMatchObject({
      problem: { reason: 'signing/reopened' },
    })
    const opened = (await signing.log.readWhole(signing.world.caseId, 'all')).findLast((event) => event.type === 'draft:reopened')
    expect(opened?.by).toBe('system')
    expect((await signing.view(second)).state(ownSigningFold, directAudience(second.id))?.given).toEqual([])
  })

  it('[SIG-21] [SIG-22] right after the release: the next one makes and stores the bundle, and two make the same', async () => {
    const signing = await dying()
    const { first, second, mediator } = peopleOf(signing)
    for (const person of [first, second, mediator]) {
      const { cms } = await signOnDevice(signing, person, V1)
      await act(signing.log, person, signatureGive, { versionId: V1, cms })
    }
    const agreed = (await signing.view(first)).state(agreementFold, 'all')?.agreed
    if (agreed?.kind !== 'released') throw new Error('not released')
    expect(await storage.files.has(agreed.bundleFileId)).toBe(false)
    const [one, two] = [await restarted('one'), await restarted('two')]
    await Promise.all([one.settle(), two.settle()])
    expect(await storage.files.has(agreed.bundleFileId)).toBe(true)
    const digests = []
    for (const server of [signing, one, two]) {
      const { bytes } = await server.download(bundleDownload, { versionId: V1 }, first)
      digests.push(createHash('sha256').update(bytes).digest('hex'))
    }
    expect(new Set(digests).size).toBe(1)
  })

  it('[SIG-25] between release and closing: whoever comes first closes the chain, once, and the bundle is made of a closed chain', async () => {
    const signing = await dying()
    const { first, second, mediator } = peopleOf(signing)
    for (const person of [first, second, mediator]) {
      const { cms } = await signOnDevice(signing, person, V1)
      await act(signing.log, person, signatureGive, { versionId: V1, cms })
    }
    const chain = () => signing.log.readWhole(signing.world.caseId, signersAudience(V1))
    expect((await chain()).at(-1)?.type).toBe('release:sealed')
    const [one, two] = [await restarted('one'), await restarted('two')]
    const saved = await Promise.all([one, two].map((server) => server.download(bundleDownload, { versionId: V1 }, second)))
    for (const server of [one, two]) await server.settle()
    expect((await chain()).filter(({ type }) => type === 'chain:sealed')).toHaveLength(1)
    const root = { certificateDer: signing.authority.certificateDer }
    for (const { bytes } of saved) expect(await verifyBundle(webcrypto.subtle, bytes, root)).toMatchObject({ overall: 'valid', format: 2 })
  })

  it('[SIG-25] what happens to the signers after the release is no part of the bundle', async () => {
    const signing = await dying()
    const { first, second, mediator } = peopleOf(signing)
    for (const person of [first, second, mediator]) {
      const { cms } = await signOnDevice(signing, person, V1)
      await act(signing.log, person, signatureGive, { versionId: V1, cms })
    }
    await signing.log.step(signing.world.caseId, leaveSigners, { participantId: first.id }, newCommandId())
    const { bytes } = await signing.download(bundleDownload, { versionId: V1 }, second)
    const types = chainIn(filesOf(bytes)).events.map(({ type }) => type)
    expect(types.at(-1)).toBe('release:sealed')
    const root = { certificateDer: signing.authority.certificateDer }
    expect(await verifyBundle(webcrypto.subtle, bytes, root)).toMatchObject({ overall: 'valid', format: 2 })
  })
})
