// What the mediator looked at when the text was closed, and left as it stands, goes with the agreement.
import { webcrypto } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { act } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import { signatureGive, versionReopen } from '#shared/signing/signing-protocol.ts'
import { bundleDownload } from '#shared/signing/signing-routes.ts'
import { agreementFold } from '#shared/signing/signing-state.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { signOnDevice } from './testing/signing-device.ts'
import { installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const [V1, V2] = [asId<VersionId>('version-1_____________'), asId<VersionId>('version-2_____________')]
const LEFT: readonly ClosingFault[] = [
  { kind: 'mixed-word', found: 'Дaла', instead: ['Дала'] },
  { kind: 'empty-heading', found: 'Шығындар\nРасходы' },
  { kind: 'no-term', found: '1. Вернуть станок.', clause: '1.' },
]
const keys = await installationKeys()
let storage: ReturnType<typeof memoryStorage>
let signing: SigningWorld
beforeEach(async () => {
  storage = memoryStorage()
  signing = await signingWorld({ storage, keys })
})
afterEach(async () => {
  await signing.settle()
  await storage.close()
})

async function signAll(versionId: VersionId) {
  for (const person of [...signing.world.people, signing.world.mediator]) {
    const { cms } = await signOnDevice(signing, person, versionId)
    await act(signing.log, person, signatureGive, { versionId, cms })
  }
  await signing.settle()
}

async function reportOf(versionId: VersionId) {
  const { bytes } = await signing.download(bundleDownload, { versionId }, signing.world.mediator)
  return { bytes, ...(await verifyBundle(webcrypto.subtle, bytes, { certificateDer: signing.authority.certificateDer })) }
}

it('[SIG-190] what the mediator confirmed at the closing is sealed with the release: what, by whom, when', async () => {
  const at = localTime(signing.clock.now())
  await signing.freeze(V1, undefined, LEFT)
  await signAll(V1)
  const { overall, completion, bytes } = await reportOf(V1)
  expect(overall).toBe('valid')
  const by = 'Ерлан Омаров'
  expect(completion?.confirmed).toEqual([
    { kind: 'mixed-word', found: 'Дaла', by, at },
    { kind: 'empty-heading', found: 'Шығындар Расходы', by, at },
    { kind: 'no-term', found: '1. Вернуть станок.', by, at },
  ])
  const agreed = (await signing.view(signing.world.mediator)).state(agreementFold, 'all')?.agreed
  if (agreed?.kind !== 'released') throw new Error('not released')
  await storage.files.delete(agreed.bundleFileId)
  const other = await signingWorld({ storage, keys, again: true, seed: 'another server', lazy: true })
  const again = await other.download(bundleDownload, { versionId: V1 }, signing.world.mediator)
  expect(Buffer.from(again.bytes).equals(Buffer.from(bytes))).toBe(true)
})

it('[SIG-190] of a text that was opened and closed again only its own closing is told; where nothing was confirmed nothing is', async () => {
  await signing.freeze(V1, undefined, LEFT)
  await act(signing.log, signing.world.mediator, versionReopen, { versionId: V1, reason: 'Исправили слово' })
  await signing.settle()
  await signing.freeze(V2)
  await signAll(V2)
  const { overall, completion } = await reportOf(V2)
  expect(overall).toBe('valid')
  expect(completion).not.toHaveProperty('confirmed')
})
