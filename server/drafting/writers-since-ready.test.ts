// Who changed the text since somebody said "ready" of it: what the server knows, and whom it tells.
import { describe, expect, it } from 'vitest'
import { noteOf } from '#shared/document/case-documents.ts'
import { freezeRequested } from '#shared/drafting/drafting-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import type { Device } from './testing/device.ts'
import { CASE, PLACE, testServer } from './testing/drafting-server.ts'
import { type Joint, joint } from './testing/joint-draft.ts'
import { AIGUL, MEDIATOR, PAVEL } from './testing/supply-case.ts'
import { decodeWriters, encodeWriters, WritersSince } from './writers.ts'

const { documentId } = PLACE
const VERSION = asId<VersionId>('version'.padEnd(21, '0').concat('A'))

async function types(device: Device, words = 'слово '): Promise<void> {
  device.type(words)
  await device.flush()
}
const writersFor = async (device: Device) => (await device.sessions.writers({ documentId })).writers

async function readyAigul(): Promise<Joint> {
  const made = await joint()
  await types(made.mediator)
  await types(made.aigul)
  made.aigul.readyOf = made.aigul.revision
  return made
}

describe('who changed the text since "ready"', () => {
  it('[DRA-330] [DRA-331] everybody whose edit came behind that text, and nobody from before it', async () => {
    const { aigul, pavel, mediator } = await readyAigul()
    expect(await writersFor(aigul)).toEqual([])
    await types(pavel)
    expect(await writersFor(aigul)).toEqual([PAVEL])
    await types(mediator)
    await types(aigul)
    expect(await writersFor(aigul)).toEqual([AIGUL, MEDIATOR, PAVEL].toSorted())
    await types(pavel)
    expect(await writersFor(aigul)).toEqual([AIGUL, MEDIATOR, PAVEL].toSorted())
  })

  it('[DRA-330] what was written before, without a connection, counts when it arrives; looking does not', async () => {
    const { aigul, pavel, mediator, server } = await readyAigul()
    pavel.cut()
    pavel.type('без связи ')
    mediator.cut()
    await mediator.connect(server)
    expect(await writersFor(aigul)).toEqual([])
    await pavel.connect(server)
    await pavel.flush()
    expect(await writersFor(aigul)).toEqual([PAVEL])
  })

  it('[DRA-331] to whoever has not said it there is nobody; a note and a text that one may not read tell nothing', async () => {
    const { aigul, pavel, mediator } = await readyAigul()
    await types(pavel)
    expect(await writersFor(pavel)).toEqual([])
    expect(await writersFor(mediator)).toEqual([])
    mediator.readyOf = 1
    expect(await mediator.sessions.writers({ documentId: noteOf(MEDIATOR).id })).toEqual({ writers: [] })
    for (const id of [noteOf(MEDIATOR).id, asId<typeof documentId>('unknown'.padEnd(21, '0').concat('A'))])
      await expect(aigul.sessions.writers({ documentId: id })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    aigul.mayRead = false
    await expect(aigul.sessions.writers({ documentId })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    await expect(aigul.sessions.writers({ documentId, since: 0 })).rejects.toBeInstanceOf(AppError)
  })

  it('[DRA-332] it is known behind saved states, compaction and a restart, and on another server', async () => {
    const { aigul, pavel, mediator, time, storage, more, server } = await readyAigul()
    await types(pavel)
    await time.pass(185_000)
    await types(mediator)
    await time.pass(185_000)
    const other = testServer(storage.drafts, storage.files, more)
    await aigul.connect(other)
    expect(await writersFor(aigul)).toEqual([MEDIATOR, PAVEL].toSorted())
    expect((await mediator.sessions.states({ documentId })).states.at(-1)?.authors).toEqual([MEDIATOR])
    await server.close()
    aigul.readyOf = mediator.revision
    expect(await writersFor(aigul)).toEqual([])
  })

  it('[DRA-332] what an earlier release kept of writers is read, and what it had forgotten is not guessed at', () => {
    const old = encodeWriters(new Map([[PAVEL, [5, 9]]]))
    const writers = new WritersSince(decodeWriters(old))
    expect(writers.after(3)).toEqual([PAVEL])
    writers.saved(9)
    expect(writers.upTo(20)).toEqual([])
    expect(new WritersSince(decodeWriters(encodeWriters(writers.all))).after(8)).toEqual([PAVEL])
    writers.saved(4) // the state from before a deletion is saved when a later one rests already
    writers.wrote(PAVEL, 12)
    expect([writers.upTo(11), writers.upTo(12)]).toEqual([[], [PAVEL]])
  })

  it('[DRA-333] a closing that somebody’s words came before names them to all', async () => {
    const { aigul, pavel, log, server } = await readyAigul()
    const { revision } = aigul
    await types(pavel)
    log.happens(freezeRequested, { versionId: VERSION, revision })
    await server.settle(CASE)
    expect(log.state.lastOpened).toMatchObject({ reason: 'somebody-wrote', details: { writers: [PAVEL] } })
  })
})
