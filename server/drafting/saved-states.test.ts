import { describe, expect, it } from 'vitest'
import type { DocumentCopy } from '#server/storage/ports.ts'
import { blockElements, textOf } from '#shared/document/yjs-document.ts'
import { freezeRequested } from '#shared/drafting/drafting-protocol.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { DocumentCipher } from './document-cipher.ts'
import { CASE, ciphersWith, PLACE, TEST_KEY, testServer } from './testing/drafting-server.ts'
import { type Joint, joint } from './testing/joint-draft.ts'
import { AIGUL, PAVEL } from './testing/supply-case.ts'
import { verifyDocumentChain } from './verify-document.ts'

const VERSION = asId<VersionId>('version'.padEnd(21, '0').concat('A'))
const { documentId } = PLACE
const cipherWith = async (key: Uint8Array) => new DocumentCipher(PLACE, await ciphersWith(key)(CASE, 'all'))
const cipher = () => cipherWith(TEST_KEY)

async function someStates(count = 2): Promise<Joint> {
  const made = await joint()
  for (let round = 0; round < count; round++) await oneMore(made, round)
  return made
}

async function oneMore({ aigul, time }: Joint, round = 9): Promise<void> {
  aigul.type(`Слова ${round}. `)
  await aigul.flush()
  await time.pass(185_000)
}
const verified = async ({ storage }: Joint) =>
  (await verifyDocumentChain({ store: storage.drafts, cipher: await cipher(), place: PLACE })).faults

async function copiesOf({ storage }: Joint): Promise<readonly DocumentCopy[]> {
  const names = await storage.drafts.archived(PLACE)
  const copies = await Promise.all(names.map((name) => storage.drafts.archivedCopy(PLACE, name)))
  return copies.flatMap((copy) => copy ?? [])
}

describe('saved states at rest', () => {
  it('[DRA-153] one is saved when something has changed, and none while nothing does', async () => {
    const made = await someStates(3)
    await made.time.pass(3_600_000)
    const { states } = await made.mediator.sessions.states({ documentId })
    expect(states).toHaveLength(3)
    await made.pavel.sessions.leave({ documentId })
    made.pavel.cut()
    await made.time.pass(3_600_000)
    expect((await made.mediator.sessions.states({ documentId })).states).toHaveLength(3)
  })

  it('[DRA-153] authors are those since the state before, also behind a restart', async () => {
    const made = await joint()
    const { aigul, pavel, time, storage, mediator, more } = made
    aigul.type('А.')
    await aigul.flush()
    await time.pass(60_000)
    await made.server.close()
    const again = testServer(storage.drafts, storage.files, more)
    await pavel.connect(again)
    pavel.type('П.')
    await pavel.flush()
    await time.pass(181_000)
    pavel.type('П.')
    await pavel.flush()
    await time.pass(185_000)
    await mediator.connect(again)
    const { states } = await mediator.sessions.states({ documentId })
    expect(states[0]?.authors).toEqual([AIGUL, PAVEL])
    expect(states.slice(1).map(({ authors }) => authors)).toEqual(states.slice(1).map(() => [PAVEL]))
  })

  it.each<[string, (made: Joint, copies: readonly DocumentCopy[]) => Promise<void>, object]>([
    [
      'taken away',
      async ({ storage }, [copy]) => storage.drafts.removeArchived(PLACE, [copy?.name ?? '']),
      { fault: 'missing', of: 'copy' },
    ],
    [
      'changed',
      async (made, [copy]) => copy && put(made, { ...copy, encrypted: copy.encrypted.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) }),
      { fault: 'changed', of: 'copy' },
    ],
    ['said to be of another epoch', async (made, [copy]) => copy && put(made, { ...copy, epoch: 7 }), { fault: 'changed', of: 'copy' }],
    [
      'put in the place of another one',
      async (made, [copy, other]) => copy && other && put(made, { ...copy, encrypted: other.encrypted }),
      { fault: 'changed', of: 'copy' },
    ],
    [
      'written anew by somebody who has the key',
      async (made, [copy]) => copy && put(made, (await cipher()).copy(copy.name, { at: 1, updates: [], behind: [] }, copy.epoch)),
      { fault: 'changed', of: 'copy' },
    ],
  ])('[DRA-154] a copy that was %s is named, and not given to anybody', async (_, damage, fault) => {
    const made = await someStates()
    expect(await verified(made)).toEqual([])
    const copies = await copiesOf(made)
    await damage(made, copies)
    expect(await verified(made)).toMatchObject([fault])
    const revision = Number(copies[0]?.name.replace('text-', ''))
    await expect(made.mediator.sessions.state({ documentId, revision })).rejects.toMatchObject({
      problem: { reason: 'drafting/state-gone' },
    })
  })

  it('[DRA-154] without its announcement a copy is half done: no fault, and it goes later', async () => {
    const made = await someStates()
    const { storage, time, more } = made
    const copy = (await cipher()).copy('text-77', { at: time.clock.now() - 3_600_000, updates: [], behind: [] }, 1)
    const fresh = (await cipher()).copy('text-78', { at: time.clock.now(), updates: [], behind: [] }, 1)
    for (const each of [copy, fresh]) await storage.drafts.archive(each)
    expect(await verified(made)).toEqual([])
    await made.aigul.connect(testServer(storage.drafts, storage.files, more))
    await oneMore(made)
    await oneMore(made)
    const names = await storage.drafts.archived(PLACE)
    expect(names).not.toContain('text-77')
    expect(names).toContain('text-78')
    expect(await verified(made)).toEqual([])
  })

  it('[DRA-154] they are unreadable once the key of the audience is destroyed', async () => {
    const [copy] = await copiesOf(await someStates())
    if (!copy) throw new Error('a copy')
    expect((await cipher()).decryptCopy(copy).updates).toBeDefined()
    const other = await cipherWith(new Uint8Array(32).fill(8))
    expect(() => other.decryptCopy(copy)).toThrow()
    expect(Buffer.from(copy.encrypted).includes(Buffer.from('Слова'))).toBe(false)
  })

  it('[DRA-162] there are never more than two hundred, and none that went is missed', async () => {
    const made = await someStates(206)
    const { states } = await made.mediator.sessions.states({ documentId })
    expect(states).toHaveLength(200)
    expect(await made.storage.drafts.archived(PLACE)).toHaveLength(200)
    expect(await verified(made)).toEqual([])
    expect(await verifiedAnew(made)).toHaveLength(200)
  })

  it('[DRA-163] what is closed for signing is among them, for good, before its paper is made', async () => {
    const made = await joint()
    const { log, server, aigul, storage, more } = made
    for (const element of blockElements(aigul.fragment)) {
      const text = textOf(element)
      if (text?.length === 0) text.insert(0, 'Долг составляет 1 840 000 ₸.')
    }
    await aigul.flush()
    const { revision, text } = aigul
    log.happens(freezeRequested, { versionId: VERSION, revision })
    await server.settle(CASE)
    expect(log.state.phase).toMatchObject({ kind: 'frozen' })
    const { states } = await made.mediator.sessions.states({ documentId })
    expect(states).toMatchObject([{ revision: revision, cause: 'closing', authors: [AIGUL] }])
    const { blocks } = await made.mediator.sessions.state({ documentId, revision: revision })
    expect(JSON.stringify(blocks)).toBe(text)
    await testServer(storage.drafts, storage.files, more).settle(CASE)
    expect(await storage.drafts.archived(PLACE)).toHaveLength(1)
  })
})

async function verifiedAnew({ storage, more, mediator }: Joint) {
  await mediator.connect(testServer(storage.drafts, storage.files, more))
  return (await mediator.sessions.states({ documentId })).states
}

async function put({ storage }: Joint, copy: DocumentCopy): Promise<void> {
  await storage.drafts.removeArchived(PLACE, [copy.name])
  await storage.drafts.archive(copy)
}
