import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorkers } from '#server/open-workers.ts'
import type { Storage } from '#server/storage/ports.ts'
import { realSystem } from '#server/system.ts'
import { act } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { signatureGive } from '#shared/signing/signing-protocol.ts'
import { bundleDownload, paperDownload, pdfDownload, textDownload } from '#shared/signing/signing-routes.ts'
import { openPrinting } from './printing.ts'
import { signOnDevice } from './testing/signing-device.ts'
import { type InstallationKeys, installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'
import { type CountedPrinting, threadlessPrinting } from './testing/threadless-printing.ts'

const V1 = asId<VersionId>('version-1_____________')
const of = { versionId: V1 }
let keys: InstallationKeys
let storage: Storage
let printing: CountedPrinting
let signing: SigningWorld

beforeAll(async () => {
  keys = await installationKeys()
})
beforeEach(async () => {
  storage = await memoryStorage()
  printing = threadlessPrinting()
  signing = await signingWorld({ storage, keys, printing, lazy: true })
  await signing.freeze(V1)
})
afterEach(() => storage.close())

function peopleOf({ world: { people, mediator } }: SigningWorld): [Person, Person, Person] {
  const [first, second] = people
  return [first, second, mediator]
}

async function everybodySigns(world: SigningWorld): Promise<void> {
  for (const person of peopleOf(world)) {
    const { cms } = await signOnDevice(world, person, V1)
    await act(world.log, person, signatureGive, { versionId: V1, cms })
  }
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? [error.problem.kind, error.problem.reason] : error),
  )

describe('documents of a version', () => {
  it('[SIG-70] the paper copy is made once, however many ask at once, and another server gives the same bytes', async () => {
    const people = peopleOf(signing)
    const copies = await Promise.all([...people, ...people].map((person) => signing.download(paperDownload, of, person)))
    expect(printing.done).toEqual(['print-paper-copy'])
    const others = threadlessPrinting()
    const second = await signingWorld({ storage, keys, printing: others, again: true, lazy: true })
    copies.push(await second.download(paperDownload, of, people[1]))
    expect(new Set(copies.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(1)
    expect(others.done).toEqual([])
  })

  it('[SIG-70] the bundle is made once, however many ask at once', async () => {
    await everybodySigns(signing)
    printing.done.length = 0
    const people = peopleOf(signing)
    await Promise.all([...people, ...people].map((person) => signing.download(bundleDownload, of, person)))
    expect(printing.done).toEqual(['pack-bundle'])
  })

  it('[SIG-73] the paper copy is made when the text is frozen: how long one waits for it tells nobody whether another has asked', async () => {
    await signing.settle()
    expect(printing.done).toEqual(['print-paper-copy'])
    for (const person of peopleOf(signing)) await signing.download(paperDownload, of, person)
    await signing.settle()
    expect(printing.done).toEqual(['print-paper-copy'])
  })

  it('[SIG-70] made in threads they are the same bytes as without', async () => {
    const pool = openWorkers(realSystem())
    const inThreads = await signingWorld({ storage, keys, printing: openPrinting({ pool }), again: true, lazy: true })
    const [first] = peopleOf(inThreads)
    const paper = await inThreads.download(paperDownload, of, first)
    const elsewhere = await memoryStorage()
    const without = await signingWorld({ storage: elsewhere, keys })
    await without.freeze(V1)
    expect(Buffer.from(paper.bytes).equals((await without.download(paperDownload, of, first)).bytes)).toBe(true)
    await everybodySigns(inThreads)
    expect((await inThreads.download(bundleDownload, of, first)).bytes.length).toBeGreaterThan(10_000)
    await Promise.all([pool.close(), elsewhere.close()])
  })

  it('[SIG-71] a paper that cannot be made is refused with a reason, and made when there is room again', async () => {
    const [first] = peopleOf(signing)
    let fails = true
    const pool = { run: async () => Promise.reject(new WorkerFailure('timeout')) }
    const paperCopy: typeof printing.paperCopy = (...asked) => (fails ? openPrinting({ pool }) : printing).paperCopy(...asked)
    const hasty = await signingWorld({ storage, keys, printing: { ...printing, paperCopy }, again: true, lazy: true })
    expect(await refusal(hasty.download(paperDownload, of, first))).toEqual(['unavailable', 'signing/cannot-make'])
    fails = false
    expect((await hasty.download(paperDownload, of, first)).bytes.length).toBeGreaterThan(1_000)
  })

  it("[SIG-71] when the certificate of completion cannot be made, the mediator's signature is refused with a reason, and nothing is released", async () => {
    const [first, second, mediator] = peopleOf(signing)
    let fails = true
    const pool = { run: async () => Promise.reject(new WorkerFailure('queue-full')) }
    const completion: typeof printing.completion = (...asked) => (fails ? openPrinting({ pool }) : printing).completion(...asked)
    const full = await signingWorld({ storage, keys, printing: { ...printing, completion }, again: true, lazy: true })
    for (const person of [first, second]) {
      const { cms } = await signOnDevice(full, person, V1)
      await act(full.log, person, signatureGive, { versionId: V1, cms })
    }
    const { cms } = await signOnDevice(full, mediator, V1)
    expect(await refusal(act(full.log, mediator, signatureGive, { versionId: V1, cms }))).toEqual(['unavailable', 'signing/cannot-make'])
    expect((await full.view(first)).state(caseFold, 'case')?.phase).not.toBe('ended')
    fails = false
    await act(full.log, mediator, signatureGive, { versionId: V1, cms })
    expect((await full.view(first)).state(caseFold, 'case')?.phase).toBe('performing')
  })

  it('[SIG-72] who downloads again and again is told to slow down; others are not, and a little later it goes on', async () => {
    const [first, second] = peopleOf(signing)
    const routes = [textDownload, pdfDownload, paperDownload]
    const answers: unknown[] = []
    for (let i = 0; i < 40; i++) answers.push(await refusal(signing.download(routes[i % 3] ?? textDownload, of, first)))
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(30)
    expect(answers.at(-1)).toEqual(['too-many', 'signing/too-fast'])
    expect(await refusal(signing.download(pdfDownload, of, second))).toBeUndefined()
    signing.clock.set(signing.clock.now() + 2_000)
    expect(await refusal(signing.download(pdfDownload, of, first))).toBeUndefined()
  })

  it('[SIG-74] whoever goes on asking waits for each refusal; who asks beside them does not', async () => {
    const [first, second] = peopleOf(signing)
    let refused: unknown
    for (let i = 0; i < 40 && refused === undefined; i++) refused = await refusal(signing.download(textDownload, of, first))
    expect(refused).toEqual(['too-many', 'signing/too-fast'])
    const order: string[] = []
    const held = refusal(signing.download(textDownload, of, first)).then(() => order.push('refused'))
    await signing.download(textDownload, of, second).then(() => order.push('served'))
    await held
    expect(order).toEqual(['served', 'refused'])
  })
})
