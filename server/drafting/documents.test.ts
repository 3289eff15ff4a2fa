// Several documents of one case: what one connection may have open, whose each is, and what of it rests and travels.
import { describe, expect, it } from 'vitest'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
import { fileKeys } from '#server/log/derived-keys.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import { noteOf } from '#shared/document/case-documents.ts'
import { readBlocks } from '#shared/document/yjs-document.ts'
import { decodeServerFrame, encodeEdit } from '#shared/drafting/draft-frames.ts'
import { canEditDocument, canReadDocument, canReadStates } from '#shared/drafting/drafting-policy.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, selfAudience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type DocumentId } from '#shared/kernel/ids.ts'
import type { AudienceCiphers } from './document-cipher.ts'
import type { DraftConnection } from './draft-connection.ts'
import { Device, participant, person } from './testing/device.ts'
import { CASE, memoryStorage, PLACE, testServer } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, MEDIATOR } from './testing/supply-case.ts'

const NOTE = noteOf(MEDIATOR)
const NOTE_PLACE = { caseId: CASE, documentId: NOTE.id }
const UNKNOWN = asId<DocumentId>('nothing'.padEnd(21, '0').concat('A'))

async function problemOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  return error instanceof AppError ? error.problem : error
}

/** A connection as the composition makes it: judged by the policies, of somebody who is in the joint session or not. */
function connectionOf(actor: Person, { inAll = true, phase = 'mediating' as CasePhase } = {}) {
  const sent: unknown[] = []
  const situation = { inAll, phase, session: { since: 0 }, draft: 'open' as const, locked: false }
  const connection: DraftConnection = {
    actor,
    mayRead: (document) => canReadDocument(document, actor, situation),
    mayWrite: (document) => canEditDocument(document, actor, situation),
    mayRestore: () => canReadStates(actor, situation),
    readyOf: () => 1,
    send: (name, payload) => void sent.push([name, payload]),
    sendToAll: (devices, name, payload) => {
      for (const device of devices) device.send(name, payload)
    },
    sendDroppable: (name, payload) => void sent.push([name, payload]),
  }
  return { connection, sent }
}

const joinOf = (documentId: DocumentId, clientId: number) => ({
  documentId,
  epoch: 0,
  haveRevision: 0,
  generation: 0,
  clientId,
  storedIds: [],
})

describe('several documents of one case', () => {
  it('[DRA-140] are open at once on one connection, each in a session of its own; leaving one leaves the other open', async () => {
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files)
    const aigul = new Device(person(AIGUL, BEREKE))
    await aigul.connect(server)
    const { connection, sent } = connectionOf(person(MEDIATOR))
    const sessions = server.attach(connection)
    const [settlement, note] = [await sessions.join(joinOf(PLACE.documentId, 77)), await sessions.join(joinOf(NOTE.id, 78))]
    expect(settlement.revision).toBe(1)
    expect(note.revision).toBe(1)

    const other = new Device(person(MEDIATOR), NOTE.id)
    await other.connect(server)
    other.type('Спросить о сроках.')
    aigul.type('Стороны согласны.')
    await Promise.all([other.flush(), aigul.flush()])
    const documents = () =>
      sent.map((frame) => {
        const decoded = decodeServerFrame((frame as unknown[])[1]) // as they were noted above
        return decoded.ok ? decoded.frame.documentId : undefined
      })
    expect(documents().sort()).toEqual([NOTE.id, PLACE.documentId].sort())

    sessions.leave({ documentId: NOTE.id })
    other.type('Ещё.')
    await other.flush()
    expect(documents()).toHaveLength(2)
    aigul.type('И ещё.')
    await aigul.flush()
    expect(documents().at(-1)).toBe(PLACE.documentId)
    const update = Uint8Array.of(0, 0)
    expect(await problemOf(sessions.frame(encodeEdit({ documentId: NOTE.id, kind: 'edit', generation: 1, update })))).toMatchObject({
      reason: 'drafting/not-joined',
    })
    sessions.end()
    aigul.type('.')
    await aigul.flush()
    expect(documents()).toHaveLength(3)
  })

  it('[DRA-140] sequences are numbered apart, and a caret stays in its document', async () => {
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files)
    const [first, second] = [new Device(person(MEDIATOR), NOTE.id), new Device(person(MEDIATOR), NOTE.id)]
    const aigul = new Device(person(AIGUL, BEREKE))
    for (const device of [first, second, aigul]) await device.connect(server)
    for (const letter of 'abc') {
      first.type(letter)
      await first.flush()
    }
    first.sessions.caret({ documentId: NOTE.id, anchor: 'AAAA', head: 'AAAA' })
    first.sessions.caret({ documentId: PLACE.documentId, anchor: 'AAAA', head: 'AAAA' })
    expect(await storage.drafts.headOf(PLACE)).toBe(1)
    expect(await storage.drafts.headOf(NOTE_PLACE)).toBe(5)
    expect(await server.head(CASE)).toEqual({ revision: 1, generation: 1 })
    expect(second.text).toBe(first.text)
    expect(second.carets).toMatchObject([{ documentId: NOTE.id, participantId: MEDIATOR }])
    expect(aigul.carets).toEqual([])
    expect(aigul.frames).toEqual([])
  })
})

describe('a mediator’s note', () => {
  it('[DRA-141] starts empty and is written without a session, and by nobody in the joint session', async () => {
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files)
    const { connection } = connectionOf(person(MEDIATOR), { inAll: false })
    expect(connection.mayWrite(NOTE)).toBe(true)
    const mediator = new Device(person(MEDIATOR), NOTE.id)
    await mediator.connect(server)
    expect(readBlocks(mediator.fragment)).toMatchObject([{ kind: 'paragraph', depth: 0, runs: [] }])
    mediator.type('Павел спешит.')
    expect(await mediator.flush()).toBeGreaterThan(1)
  })

  it.each([person(AIGUL, BEREKE), person(participant('another'))])(
    '[DRA-142] does not exist for anybody else: every answer is that to an unknown id, and nothing is begun',
    async (actor) => {
      for (const inAll of [true, false]) {
        const storage = memoryStorage()
        const server = testServer(storage.drafts, storage.files)
        const { connection, sent } = connectionOf(actor, { inAll })
        const sessions = server.attach(connection)
        const answers = async (documentId: DocumentId) => {
          const frame = encodeEdit({ documentId, kind: 'edit', generation: 1, update: Uint8Array.of(0, 0) })
          sessions.caret({ documentId, anchor: 'AAAA', head: 'AAAA' })
          const answered = [await problemOf(sessions.join(joinOf(documentId, 77))), await problemOf(sessions.frame(frame))]
          sessions.leave({ documentId })
          return JSON.stringify(answered)
        }
        expect(await answers(NOTE.id)).toBe(await answers(UNKNOWN))
        expect(await answers(NOTE.id)).toBe(JSON.stringify([{ kind: 'not-found' }, { kind: 'not-found' }]))
        expect(sent).toEqual([])
        expect(await storage.drafts.documentsOf(CASE)).toEqual([])
        expect(server.openDocuments()).toEqual([])
      }
    },
  )

  it('[DRA-147] rests under its mediator’s own key, which opens nothing of the settlement, and no other key opens it', async () => {
    const storage = memoryStorage()
    const keyOf = (audience: Audience) => new Uint8Array(32).fill(audience === 'all' ? 1 : 2)
    const used = new Set<Audience>()
    const ciphers: AudienceCiphers = async (_case, audience) => {
      used.add(audience)
      let nonce = 0
      const entropy = { bytes: (count: number) => new Uint8Array(count).fill(nonce++) }
      return {
        encrypt: (context, plain) => encryptBytes(keyOf(audience), plain, utf8(context), entropy),
        decrypt: (context, encrypted) => decryptBytes(keyOf(audience), encrypted, utf8(context)),
        file: (context) => fileKeys(keyOf(audience), context),
      }
    }
    const server = testServer(storage.drafts, storage.files, { ciphers })
    const [note, settlement] = [new Device(person(MEDIATOR), NOTE.id), new Device(person(MEDIATOR))]
    await note.connect(server)
    await settlement.connect(server)
    expect(used).toEqual(new Set<Audience>(['all', selfAudience(MEDIATOR)]))
    for (const place of [PLACE, NOTE_PLACE]) {
      const [entry] = await storage.drafts.read(place, 0, 1)
      if (!entry) throw new Error('an entry')
      const context = utf8(`document|${CASE}|${place.documentId}|1|update|system`)
      const [own, other] = place === PLACE ? (['all', NOTE.audience] as const) : ([NOTE.audience, 'all'] as const)
      expect(decryptBytes(keyOf(own), entry.encrypted, context).length).toBeGreaterThan(0)
      expect(() => decryptBytes(keyOf(other), entry.encrypted, context)).toThrow()
    }
  })

  it('[DRA-147] is never closed: freezing the settlement leaves it open', async () => {
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files)
    const mediator = new Device(person(MEDIATOR), NOTE.id)
    await mediator.connect(server)
    await server.settle(CASE)
    expect(await storage.drafts.readMarks(NOTE_PLACE)).toEqual([])
    expect(mediator.frames).toEqual([])
  })
})
