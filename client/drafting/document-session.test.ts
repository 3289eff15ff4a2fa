import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { memoryDeviceStorage, memoryDisk } from '#client/realtime/testing/memory-device-storage.ts'
import { noteOf } from '#shared/document/case-documents.ts'
import { block, wordsOf as lettersOf } from '#shared/document/document-block.ts'
import { blockElement, blockElements, fragmentOf, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { documentOfDraft } from './document-of-draft.ts'
import { DOCUMENT, Lane, setting, VERSION, WHOSE } from './testing/lane.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

describe('a document’s session', () => {
  it('[DRA-70] says "saved" only after the server has said so', async () => {
    const { lane, text, save } = setting()
    await settled()
    lane.hold = true
    text().insert(0, 'a')
    expect(save()).toEqual({ kind: 'saving' })
    await settled()
    expect(save()).toEqual({ kind: 'saving' })
    lane.release()
    await settled()
    expect(save()).toEqual({ kind: 'saved', at: 1_700_000_000_000 })
  })

  it('[DRA-71] sends an edit at once, and joins with the next only what is written while one is under way', async () => {
    const { lane, text } = setting()
    await settled()
    text().insert(0, 'a')
    await settled()
    expect(lane.updates).toHaveLength(1)
    lane.hold = true
    for (const letter of 'bcd') text().insert(text().length, letter)
    lane.release()
    await settled()
    expect(lane.updates).toHaveLength(3)
    expect(lane.text).toBe('abcd')
  })

  it('[DRA-72] [DRA-220] offline one can go on writing; it is kept on the device, and goes out when the connection is back', async () => {
    const { lane, text, save, deviceStorage, timers } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'офлайн')
    expect(save()).toEqual({ kind: 'offline', unsent: 'being-kept' })
    await settled()
    expect(save()).toEqual({ kind: 'offline', unsent: 'being-kept' })
    for (const run of timers.splice(0)) run()
    expect(save()).toEqual({ kind: 'offline', unsent: 'on-device' })
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(lane.text).toBe('офлайн')
    expect(save().kind).toBe('saved')
    expect(deviceStorage.content.size).toBe(0)
  })

  it('[DRA-73] after the browser was killed, the next page life claims the old id and brings its edits in', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вчера')
    const old = first.session.snapshot().doc.clientID
    first.lane.state = { kind: 'live' }
    const next = setting(first.lane, first.deviceStorage)
    await settled()
    await settled()
    expect(next.lane.joins.at(-1)?.storedIds).toEqual([old])
    expect(next.text().toString()).toBe('вчера')
    expect(first.deviceStorage.content.size).toBe(0)
  })

  it('[DRA-350] put away while an earlier edit was being sent, a document is joined no more, though that edit waits for another try', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вчера')
    const lane = new Lane()
    lane.hold = true
    lane.refuse = { kind: 'unavailable' }
    const next = setting(lane, first.deviceStorage)
    await settled()
    lane.release()
    lane.hold = true
    await settled()
    expect(lane.joins).toHaveLength(1)
    next.session.close()
    lane.release()
    await settled()
    expect(lane.frames).toHaveLength(1)
    for (const run of next.timers.splice(0)) run()
    await settled()
    expect(lane.joins).toHaveLength(1)
  })

  it('[DRA-74] what was written when the text had been frozen is kept for copying, and the text fetched anew', async () => {
    const { lane, text, session, keptWords } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'поздно')
    const old = session.snapshot().doc
    lane.generation = 2
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(keptWords.list()).toEqual(['поздно'])
    expect(session.snapshot().doc).not.toBe(old)
    expect(lane.text).toBe('')
  })

  it('[DRA-74] when the log says first that the text is frozen, unsent words are kept for copying too, of this page and of earlier ones', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'не успели')
    first.log.frozen = true
    first.session.close()
    expect(first.keptWords.list()).toEqual(['не успели'])
    expect(first.deviceStorage.content.size).toBe(0)

    const died = setting()
    await settled()
    died.lane.become({ kind: 'offline', since: 0 })
    died.text().insert(0, 'и это')
    const lane = new Lane()
    lane.closed = VERSION
    const next = setting(lane, died.deviceStorage)
    next.log.frozen = true
    await settled()
    await settled()
    expect(next.keptWords.list()).toEqual(['и это'])
    expect(next.lane.text).toBe('')
    expect(died.deviceStorage.content.size).toBe(0)
  })

  it('[DRA-75] refused while closing: waits, goes out when the closing is cancelled, is kept when the panel goes', async () => {
    const { lane, text, save, session, keptWords } = setting()
    await settled()
    lane.send({ kind: 'closed', revision: 2, versionId: VERSION })
    text().insert(0, 'Ж')
    expect(save()).toEqual({ kind: 'closed', unsent: 'being-kept' })
    lane.send({ kind: 'reopened', revision: 3, generation: 1 })
    await settled()
    expect(lane.text).toBe('Ж')
    lane.send({ kind: 'closed', revision: 5, versionId: VERSION })
    text().insert(0, 'Щ')
    session.close()
    expect(keptWords.list()).toEqual(['Щ'])
  })

  it('[DRA-235] a text that was closed and fell has another number here too: what was said of the old one stands no more', async () => {
    const { lane, text, session } = setting()
    await settled()
    text().insert(0, 'Ж')
    await settled()
    const ready = session.snapshot().revision
    lane.send({ kind: 'closed', revision: ready + 1, versionId: VERSION })
    lane.send({ kind: 'reopened', revision: ready + 2, generation: 1 })
    expect(session.snapshot().revision).toBe(ready)
    lane.send({ kind: 'closed', revision: ready + 3, versionId: VERSION })
    lane.send({ kind: 'reopened', revision: ready + 4, generation: 2 })
    expect(session.snapshot().revision).toBe(ready + 4)
  })

  it('[DRA-220] what is typed rests on the device before the next turn, though nothing was closed and no moment has passed', async () => {
    const { lane, text, deviceStorage } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    for (const letter of ['с', 'л', 'о', 'в', 'о']) text().insert(text().length, letter)
    await Promise.resolve()
    await Promise.resolve()
    const next = setting(new Lane(), memoryDeviceStorage(memoryDisk(new Map(deviceStorage.disk.rests))))
    for (let i = 0; i < 3; i++) await settled()
    expect(next.lane.text).toBe('слово')
    expect(next.lane.frames).toHaveLength(1)
    expect(next.deviceStorage.disk.rests.size).toBe(0)
  })

  it('[DRA-220] a browser that refuses is not said to keep anything, also of a copy that had to be left', async () => {
    const { lane, text, save, deviceStorage, timers, session, keptWords } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    deviceStorage.disk.refuses = true
    text().insert(0, 'слова')
    await settled()
    for (const run of timers.splice(0)) run()
    expect(save()).toEqual({ kind: 'offline', unsent: 'on-page' })
    lane.epoch = 2
    lane.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    lane.become({ kind: 'live' })
    for (let i = 0; i < 3; i++) await settled()
    expect(lane.frames).toHaveLength(1)
    expect(session.unsent).toBe('on-page')
    session.close()
    expect(keptWords.list()).toEqual(['слова'])
  })

  it('[DRA-222] an edit of an earlier page that is refused for the moment is unsent, and tried again by itself', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'позже')
    await settled()
    const lane = new Lane()
    lane.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    const next = setting(lane, first.deviceStorage)
    for (let i = 0; i < 3; i++) await settled()
    expect([next.session.unsent, next.save().kind]).toEqual(['on-device', 'saving'])
    lane.refuse = undefined
    for (const run of next.timers.splice(0)) run()
    for (let i = 0; i < 3; i++) await settled()
    expect(lane.text).toBe('позже')
    expect([next.session.unsent, next.save().kind]).toEqual(['nothing', 'saved'])
  })

  it('[DRA-222] what came back while the text was being closed goes out when it is opened again', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вовремя')
    await settled()
    const lane = new Lane()
    lane.closed = VERSION
    const next = setting(lane, first.deviceStorage)
    for (let i = 0; i < 3; i++) await settled()
    expect(next.save()).toEqual({ kind: 'closed', unsent: 'on-device' })
    lane.closed = undefined
    lane.send({ kind: 'reopened', revision: 2, generation: 1 })
    for (let i = 0; i < 4; i++) await settled()
    expect(lane.text).toBe('вовремя')
    expect(next.keptWords.list()).toEqual([])
  })

  it('[DRA-76] not saved (a full disk): says so, keeps the edit and tries again', async () => {
    const { lane, text, save, timers } = setting()
    await settled()
    lane.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    text().insert(0, 'a')
    await settled()
    expect(save()).toMatchObject({ kind: 'refused' })
    lane.refuse = undefined
    for (const run of timers.splice(0)) run()
    await settled()
    expect(save().kind).toBe('saved')
    expect(lane.text).toBe('a')
  })

  it('[DRA-76] an edit that the server will never take is kept for copying, not dropped in silence', async () => {
    const { lane, text, keptWords } = setting()
    await settled()
    lane.refuse = { kind: 'invalid', reason: 'drafting/malformed' }
    text().insert(0, 'слова')
    await settled()
    expect(keptWords.list()).toEqual(['слова'])
  })
})

describe('a document among several', () => {
  it('[DRA-78] names itself in every frame, join, leave and caret, and hears nothing that is of another', async () => {
    const { lane, session, text } = setting()
    await settled()
    const heard: string[] = []
    session.carets.listen(({ head }) => heard.push(head))
    const caret = { anchor: 'AA==', head: 'AQ==', participantId: WHOSE.participantId, device: 1 }
    const other = noteOf(asId<ParticipantId>(lane.joins[0]?.documentId.replace('c', 'd') ?? ''))
    lane.sendCaret({ ...caret, documentId: other.id, head: 'Ag==' })
    lane.sendCaret({ ...caret, documentId: DOCUMENT.id })
    expect(heard).toEqual(['AQ=='])
    lane.send({ kind: 'closed', revision: 2, versionId: VERSION }, other.id)
    expect(session.snapshot().closed).toBe(false)
    text().insert(0, 'a')
    session.carets.send({ anchor: 'AA==', head: 'AA==' })
    await settled()
    expect(lane.joins.map(({ documentId }) => documentId)).toEqual([DOCUMENT.id])
    expect(lane.named).toEqual([DOCUMENT.id])
    session.close()
    expect(lane.told).toEqual([
      [DRAFT_WIRE.caret, { documentId: DOCUMENT.id, anchor: 'AA==', head: 'AA==' }],
      [DRAFT_WIRE.leave, { documentId: DOCUMENT.id }],
    ])
  })
})

describe('after a backup was restored', () => {
  /** Two acknowledged edits and, without a connection, one more; then the server stands behind the first one, in another epoch. */
  async function restored(kept: number, epoch = 2) {
    const made = setting()
    await settled()
    made.text().insert(0, 'раз ')
    await settled()
    made.text().insert(made.text().length, 'два ')
    await settled()
    made.lane.become({ kind: 'offline', since: 0 })
    made.text().insert(made.text().length, 'без связи')
    made.lane.updates.length = kept
    made.lane.epoch = epoch
    return made
  }
  const states = ({ session }: ReturnType<typeof setting>) => {
    const seen: string[] = []
    session.subscribe(() => {
      const { joined, save, doc, revision } = session.snapshot()
      seen.push(`${joined} ${save.kind} ${revision} ${documentOfDraft(doc, 'ru').map(lettersOf).join()}`)
    })
    return seen
  }

  it.each([
    ['another epoch', 2],
    ['the same epoch', 1],
  ])('[DRA-79] a copy that the server has not (%s) is dropped before anything of it is shown or called saved', async (_, epoch) => {
    const made = await restored(1, epoch)
    const old = made.session.snapshot().doc
    const seen = states(made)
    made.lane.become({ kind: 'live' })
    for (let i = 0; i < 4; i++) await settled()
    expect(made.session.snapshot().doc).not.toBe(old)
    expect(made.text().toString()).toBe('раз ')
    expect(made.lane.text).toBe('раз ')
    expect(made.session.snapshot()).toMatchObject({ revision: 2, save: { kind: 'saved' } })
    // what was acknowledged once and what leans on it are kept for copying
    expect(made.keptWords.list().join('|')).toContain('два')
    expect(made.keptWords.list().join('|')).toContain('без связи')
    expect(seen.filter((each) => each.includes('saved') && each.includes('два'))).toEqual([])
    expect(seen.filter((each) => each.startsWith('true') && each.includes('два'))).toEqual([])
    expect(made.lane.joins.at(-1)).toMatchObject({ epoch: 0, haveRevision: 0, generation: 0 })
    expect(made.deviceStorage.content.size).toBe(0)
  })

  it('[DRA-79] so is a copy of another epoch where the server has gone on further than it', async () => {
    const made = await restored(1)
    for (const words of ['a', 'b', 'c']) {
      const doc = made.lane.doc
      const before = Y.encodeStateVector(doc)
      exists(textOf(exists(blockElements(fragmentOf(doc, 'ru'))[0]))).insert(0, words)
      made.lane.updates.push(Y.encodeStateAsUpdate(doc, before))
    }
    made.lane.become({ kind: 'live' })
    for (let i = 0; i < 4; i++) await settled()
    expect(made.text().toString()).toBe('cbaраз ')
    expect(made.lane.text).toBe('cbaраз ')
    expect(made.keptWords.list().join('|')).toContain('два')
  })

  it('[DRA-79] unsent edits that lean on nothing that is missing are sent again, once', async () => {
    const made = await restored(2)
    made.lane.become({ kind: 'live' })
    for (let i = 0; i < 4; i++) await settled()
    expect(made.lane.text).toBe('раз два без связи')
    expect(made.text().toString()).toBe('раз два без связи')
    expect(made.keptWords.list()).toEqual([])
    expect(made.lane.updates).toHaveLength(3)
    made.text().insert(0, 'и дальше ')
    await settled()
    expect(made.lane.text).toBe('и дальше раз два без связи')
  })

  it('[DRA-79] nothing of the old copy is editable while the new one is on its way', async () => {
    const made = await restored(1)
    made.lane.hold = true
    made.lane.become({ kind: 'live' })
    await settled()
    made.lane.release()
    made.lane.hold = true
    await settled()
    await settled()
    expect(made.session.snapshot()).toMatchObject({ joined: false, revision: 0, save: { kind: 'loading' } })
    expect(documentOfDraft(made.session.snapshot().doc, 'ru')).toEqual([])
    made.lane.release()
    for (let i = 0; i < 4; i++) await settled()
    expect(made.text().toString()).toBe('раз ')
  })
})

describe('words that meet a change of structure', () => {
  /** What somebody else does with the text of the lane, of which they have heard `upTo` edits. */
  function others(lane: Lane, act: (list: Y.XmlFragment) => void): void {
    const doc = lane.doc
    const before = Y.encodeStateVector(doc)
    doc.transact(() => act(fragmentOf(doc, 'ru')))
    const update = Y.encodeStateAsUpdate(doc, before)
    lane.updates.push(update)
    if (lane.state.kind === 'live') lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] })
  }
  async function typing(words: string, heard = 'общие слова') {
    const made = setting()
    await settled()
    made.text().insert(0, heard)
    await settled()
    made.lane.hold = true
    made.text().insert(heard.length - 2, words)
    return made
  }

  it('[DRA-87] come back to their author where the block was deleted, with a notice that says which', async () => {
    const { lane, session, keptWords } = await typing('МОИ')
    others(lane, (list) => list.delete(0, 1))
    expect(keptWords.list()).toEqual(['МОИ'])
    expect(session.snapshot().news).toEqual([{ kind: 'came-back', place: { number: undefined, beginning: 'общие слова' } }])
    const [news] = session.snapshot().news
    if (news) session.told.forget(news)
    expect(session.snapshot().news).toEqual([])
  })

  it('[DRA-87] do not come back where somebody had read them and took them away', async () => {
    const made = setting()
    await settled()
    made.text().insert(0, 'мои слова')
    await settled()
    others(made.lane, (list) => list.delete(0, 1))
    expect(made.keptWords.list()).toEqual([])
    expect(made.session.snapshot().news).toEqual([])
  })

  it('[DRA-87] come back too when a whole text brings the deletion, to this page and to a later one', async () => {
    const { lane, keptWords, deviceStorage, session } = await typing('МОИ')
    lane.become({ kind: 'offline', since: 0 })
    lane.release()
    await settled()
    const stored = new Map(deviceStorage.content)
    others(lane, (list) => list.delete(0, 1))
    lane.snapshot = Y.encodeStateAsUpdateV2(lane.doc)
    lane.updates.fill(Y.encodeStateAsUpdate(new Y.Doc()))
    lane.compactedUpTo = lane.updates.length + 1
    lane.become({ kind: 'live' })
    for (let i = 0; i < 4; i++) await settled()
    expect(keptWords.list()).toEqual(['МОИ'])
    expect(session.snapshot().news.map(({ kind }) => kind)).toEqual(['came-back'])
    for (const [key, value] of stored) deviceStorage.setItem(key, value)
    const next = setting(lane, deviceStorage)
    for (let i = 0; i < 4; i++) await settled()
    expect(next.keptWords.list()).toEqual(['МОИ'])
    expect(deviceStorage.content.size).toBe(0)
  })

  it('[DRA-87] are brought after a block that was moved, to where they stood in it', async () => {
    const { lane, session, keptWords } = await typing('МОИ')
    others(lane, (list) => {
      const block = readBlocks(list)[0]
      list.insert(1, [blockElement(exists(block))])
      list.delete(0, 1)
    })
    lane.release()
    await settled()
    await settled()
    const letters = (doc: Y.Doc) => documentOfDraft(doc, 'ru').map(lettersOf)
    expect(letters(session.snapshot().doc)).toEqual(['общие слоМОИва'])
    expect(letters(lane.doc)).toEqual(['общие слоМОИва'])
    expect(keptWords.list()).toEqual([])
  })

  function divide(list: Y.XmlFragment): void {
    const text = exists(textOf(exists(blockElements(list)[0])))
    text.delete(6, 5)
    list.insert(1, [blockElement(block('tail', 'clause', 1, 'слова'))])
  }

  it('[DRA-88] typed into a tail that another moves: their author is told where they stand', async () => {
    const { lane, session, keptWords } = await typing('МОИ')
    others(lane, divide)
    expect(documentOfDraft(session.snapshot().doc, 'ru').map(lettersOf)).toEqual(['общие МОИ', 'слова'])
    expect(session.snapshot().news).toEqual([{ kind: 'stayed', words: 'МОИ', place: { number: undefined, beginning: 'общие МОИ' } }])
    expect(keptWords.list()).toEqual([])
  })

  it('[DRA-88] typed by others into a tail that one moves oneself: one is told too; what is typed there later is no news', async () => {
    const { lane, session, text } = setting()
    await settled()
    text().insert(0, 'общие слова')
    await settled()
    const theirs = lane.doc
    const before = Y.encodeStateVector(theirs)
    exists(textOf(exists(blockElements(fragmentOf(theirs, 'ru'))[0]))).insert(8, 'ИХ')
    const { doc } = session.snapshot()
    doc.transact(() => divide(fragmentOf(doc, 'ru')))
    const update = Y.encodeStateAsUpdate(theirs, before)
    lane.updates.push(update)
    lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] })
    expect(session.snapshot().news).toEqual([{ kind: 'others-stayed', words: 'ИХ', place: { number: undefined, beginning: 'общие ИХ' } }])
    await settled()
    others(lane, (list) => exists(textOf(exists(blockElements(list)[1]))).insert(2, 'потом'))
    others(lane, (list) => exists(textOf(exists(blockElements(list)[0]))).insert(2, 'потом'))
    expect(session.snapshot().news).toHaveLength(1)
  })

  it('[DRA-87] are not lost where one may not write any more: they are kept for copying even if the block was moved', async () => {
    const { lane, log, keptWords } = await typing('МОИ')
    log.mayWrite = false
    others(lane, (list) => {
      const block = readBlocks(list)[0]
      list.insert(1, [blockElement(exists(block))])
      list.delete(0, 1)
    })
    expect(keptWords.list()).toEqual(['МОИ'])
  })
})

function exists<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is one')
  return value
}
