import { describe, expect, it } from 'vitest'
import { blockElements, textOf } from '#shared/document/yjs-document.ts'
import { textRestored } from '#shared/drafting/restoring-protocol.ts'
import { asId, type RestorationId } from '#shared/kernel/ids.ts'
import { DocumentCipher } from './document-cipher.ts'
import { textName } from './saved-states.ts'
import { CASE, ciphersWith, PLACE, TEST_KEY, testServer } from './testing/drafting-server.ts'
import { type Joint, joint } from './testing/joint-draft.ts'
import { type Death, killedAt } from './testing/killed-store.ts'
import { AIGUL } from './testing/supply-case.ts'
import { verifyDocumentChain } from './verify-document.ts'

const RESTORATION = asId<RestorationId>('restoration'.padEnd(21, '0').concat('A'))
const SECOND = asId<RestorationId>('second'.padEnd(21, '0').concat('A'))
const documentId = PLACE.documentId
const LONG = 'Стороны договорились о сроках, суммах и порядке оплаты поставленного товара. '.repeat(6)
const cipher = async () => new DocumentCipher(PLACE, await ciphersWith(TEST_KEY)(CASE, 'all'))

/** Aigul writes, minutes pass, the text is saved; answers the number of that state. */
async function savedState({ time, aigul, mediator }: Joint, words = 'Долг 1 840 000 ₸.'): Promise<number> {
  for (const typed of [words, ' До 1 декабря.']) {
    aigul.type(typed)
    await aigul.flush()
    await time.pass(10_000)
  }
  await time.pass(190_000)
  const { states } = await mediator.sessions.states({ documentId })
  return states.at(-1)?.revision ?? 0
}

describe('saved states', () => {
  it('[DRA-153] are listed to the mediator with time, cause and authors, and read in the words that stood there', async () => {
    const made = await joint()
    const revision = await savedState(made)
    const { states } = await made.mediator.sessions.states({ documentId })
    expect(states).toEqual([{ revision: made.aigul.revision, at: made.time.clock.now() - 30_000, cause: 'minutes', authors: [AIGUL] }])
    const { blocks } = await made.mediator.sessions.state({ documentId, revision })
    expect(JSON.stringify(blocks)).toBe(made.aigul.text)
    expect(await made.server.savedStates(CASE)).toEqual([revision])
  })

  it('[DRA-153] everybody else is answered as to what does not exist', async () => {
    const made = await joint()
    const revision = await savedState(made)
    for (const device of [made.aigul, made.pavel]) {
      await expect(device.sessions.states({ documentId })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
      await expect(device.sessions.state({ documentId, revision })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    }
  })
})

describe('bringing a saved state back', () => {
  it('[DRA-155] its words stand in the text again, for everybody; what others write meanwhile stays', async () => {
    const made = await joint()
    const { log, server, aigul, pavel } = made
    const revision = await savedState(made)
    const was = aigul.text
    for (const element of blockElements(aigul.fragment).slice(3)) textOf(element)?.delete(0, textOf(element)?.length ?? 0)
    await aigul.flush()
    log.asks({ way: 'bring-back', restorationId: RESTORATION, revision })
    pavel.type('Павел пишет. ', 0)
    await Promise.all([server.settle(CASE), pavel.flush()])
    expect(log.restoring).toMatchObject({ pending: undefined, last: { outcome: { revision: expect.any(Number) } } })
    expect(aigul.text).toBe(pavel.text)
    expect(aigul.text.replace('Павел пишет. ', '')).toBe(was)
    expect(aigul.text).toContain('Павел пишет. ')
  })

  it('[DRA-155] brought back again, nothing changes; and the text before stays among the states', async () => {
    const made = await joint()
    const { log, server, aigul, mediator } = made
    const revision = await savedState(made)
    aigul.paragraph().delete(0, 5)
    await aigul.flush()
    const before = { revision: aigul.revision, text: aigul.text }
    log.asks({ way: 'bring-back', restorationId: RESTORATION, revision })
    await server.settle(CASE)
    const { blocks } = await mediator.sessions.state({ documentId, revision: before.revision })
    expect(JSON.stringify(blocks)).toBe(before.text)
    const { revision: atRevision } = aigul
    log.asks({ way: 'bring-back', restorationId: SECOND, revision })
    await server.settle(CASE)
    expect(log.restoring.last).toMatchObject({ restorationId: SECOND, outcome: { revision: atRevision } })
    expect(aigul.revision).toBe(atRevision)
  })

  it('[DRA-155] a state that is gone, and a text that was closed meanwhile, are named as the reason', async () => {
    const made = await joint()
    const { log, server, storage } = made
    const revision = await savedState(made)
    await storage.drafts.removeArchived(PLACE, [textName(revision)])
    log.asks({ way: 'bring-back', restorationId: RESTORATION, revision })
    await server.settle(CASE)
    expect(log.restoring.last).toMatchObject({ outcome: { fault: 'gone' } })
    await expect(made.mediator.sessions.state({ documentId, revision })).rejects.toMatchObject({
      problem: { kind: 'conflict', reason: 'drafting/state-gone' },
    })
    log.asks({ way: 'begin-anew', restorationId: SECOND, revision })
    await server.settle(CASE)
    expect(log.restoring.last).toMatchObject({ outcome: { fault: 'gone' } })
    expect(made.aigul.generation).toBe(1)
  })
})

describe('beginning a text anew', () => {
  it('[DRA-156] another document with the words of the state, a generation on; devices drop the old one and keep what was unsent', async () => {
    const made = await joint()
    const { log, server, aigul, pavel, mediator } = made
    const revision = await savedState(made)
    const { blocks: wanted } = await mediator.sessions.state({ documentId, revision })
    pavel.cut()
    pavel.type('Не отправлено. ', 0)
    log.asks({ way: 'begin-anew', restorationId: RESTORATION, revision })
    await server.settle(CASE)
    expect(aigul.frames.at(-1)).toMatchObject({ kind: 'rejoin' })
    const answer = await aigul.connect(server)
    expect(answer).toMatchObject({ generation: 2, anew: expect.any(Number) })
    expect(log.restoring.last).toMatchObject({ way: 'begin-anew', outcome: { revision: answer.revision } })
    expect(aigul.text).toBe(JSON.stringify(wanted))
    await pavel.connect(server)
    expect(pavel.kept).toHaveLength(1)
    expect(pavel.text).toBe(aigul.text)
    pavel.type('Дальше.')
    expect(await pavel.flush()).toBeGreaterThan(answer.revision)
    expect(aigul.text).toBe(pavel.text)
    expect(made.server.troubles).toEqual([])
  })

  it('[DRA-156] whoever writes meanwhile hears "saved" only of what stands in a saved state, or in the new document', async () => {
    for (let round = 0; round < 12; round++) {
      const made = await joint()
      const { log, server, pavel, mediator } = made
      const revision = await savedState(made)
      log.asks({ way: 'begin-anew', restorationId: RESTORATION, revision })
      const done = server.settle(CASE)
      for (let i = 0; i < round * 3; i++) await Promise.resolve()
      pavel.type('ЩЩ', 0)
      const saved = await pavel.flush().then(
        () => true,
        () => false,
      )
      await done
      const { states } = await mediator.sessions.states({ documentId })
      const texts = await Promise.all(
        states.map(async (state) => JSON.stringify(await mediator.sessions.state({ documentId, revision: state.revision }))),
      )
      if (saved) expect(texts.some((text) => text.includes('ЩЩ'))).toBe(true)
      await pavel.connect(server)
      expect(pavel.text).not.toContain('ЩЩ')
      made.time.stop()
    }
  })

  it('[DRA-156] it comes to an end while people type on and on', async () => {
    const made = await joint()
    const { log, server, aigul } = made
    const revision = await savedState(made)
    log.asks({ way: 'begin-anew', restorationId: RESTORATION, revision })
    let done = false
    const settling = server.settle(CASE).then(() => {
      done = true
    })
    while (!done) {
      aigul.type('я', 0)
      await aigul.flush().catch(() => aigul.connect(server))
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    await settling
    expect(log.restoring.last).toMatchObject({ outcome: { revision: expect.any(Number) } })
    expect(server.troubles).toEqual([])
  })

  it('[DRA-156] two servers: whoever is on the other one gets the new document too', async () => {
    const made = await joint()
    const { log, server, storage, pavel, aigul } = made
    const revision = await savedState(made)
    const second = testServer(storage.drafts, storage.files, made.more)
    await pavel.connect(second)
    log.asks({ way: 'begin-anew', restorationId: RESTORATION, revision })
    await Promise.all([server.settle(CASE), second.settle(CASE)])
    await aigul.connect(server)
    expect(await pavel.connect(second)).toMatchObject({ generation: 2 })
    expect(pavel.text).toBe(aigul.text)
    expect((await storage.drafts.readMarks(PLACE)).filter(({ kind }) => kind === 'reopen')).toHaveLength(1)
  })
})

async function savedWords({ mediator }: Joint): Promise<string> {
  const { states } = await mediator.sessions.states({ documentId })
  return JSON.stringify(await Promise.all(states.map(({ revision }) => mediator.sessions.state({ documentId, revision }))))
}

describe('a server that is killed in the middle', () => {
  const WAYS = ['bring-back', 'begin-anew', 'undo-deletion'] as const
  const DEATHS: readonly Death[] = (['before', 'after'] as const).flatMap((moment) => [
    { where: 'archive', moment },
    { where: 'append', moment, call: 1 },
    { where: 'append', moment, call: 2 },
    { where: 'compact', moment },
  ])

  it.each(WAYS)('[DRA-158] %s: another one does it, once, with the same words, and nothing typed since is lost', async (way) => {
    for (const death of [...DEATHS, 'step' as const]) {
      if (way !== 'begin-anew' && death !== 'step' && death.where === 'compact') continue
      const made = await joint()
      const { log, storage, time, aigul, pavel } = made
      const revision = await savedState(made, LONG)
      await time.pass(70_000)
      const was = aigul.text
      aigul.doc.transact(() => aigul.paragraph().delete(0, aigul.paragraph().length))
      await aigul.flush()
      await time.pass(10_000)
      const deletion = log.restoring.deletions[0]
      if (!deletion) throw new Error('it was told')
      const { deletionId } = deletion
      if (way === 'undo-deletion')
        log.asks({ way, restorationId: asId<RestorationId>(deletionId), deletionId, revision: deletion.revision }, AIGUL)
      else log.asks({ way, restorationId: RESTORATION, revision })
      const dies = killedAt(storage.drafts, death === 'step' ? { where: 'read', moment: 'before', call: Number.POSITIVE_INFINITY } : death)
      const stopped = { ...made.more, timers: { after: () => () => undefined } }
      const first = testServer(dies.store, storage.files, {
        ...stopped,
        ...(death === 'step' && { runSystem: () => Promise.reject(new Error('killed')) }),
      })
      const done = first.settle(CASE)
      await Promise.race([dies.killed, done])
      const second = testServer(storage.drafts, storage.files, made.more)
      await pavel.connect(second)
      pavel.type('Дописано потом.', 0)
      await pavel.flush()
      await second.settle(CASE)
      await pavel.connect(second)
      expect(log.restoring.last, JSON.stringify(death)).toMatchObject({ way, outcome: { revision: expect.any(Number) } })
      const { blocks } = await made.mediator.sessions.state({ documentId, revision })
      const wanted = way === 'undo-deletion' ? was : JSON.stringify(blocks)
      const wasWritten = death === 'step' || (death.where === 'append' && death.moment === 'after' && death.call === 2)
      if (way === 'undo-deletion' || (way === 'bring-back' && wasWritten)) expect(pavel.text).toContain('Дописано потом.')
      if (way === 'bring-back' && !wasWritten) expect(await savedWords(made)).toContain('Дописано потом.')
      expect(pavel.text.replace('Дописано потом.', ''), JSON.stringify(death)).toBe(wanted)
      expect(await second.settle(CASE)).toBeUndefined()
      const report = await verifyDocumentChain({ store: storage.drafts, cipher: await cipher(), place: PLACE })
      expect(report.faults).toEqual([])
      expect(log.events.filter(({ type }) => type === textRestored.name)).toHaveLength(1)
      made.time.stop()
    }
  })
})
