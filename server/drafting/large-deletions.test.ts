import { describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElement, blockElements, readBlock, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import { varUint } from '#shared/drafting/byte-cursor.ts'
import type { Restoration } from '#shared/drafting/restoring-protocol.ts'
import { asId, type RestorationId } from '#shared/kernel/ids.ts'
import type { Device } from './testing/device.ts'
import { DraftLog } from './testing/draft-log.ts'
import { CASE, PLACE, testServer, threadless } from './testing/drafting-server.ts'
import { type Joint, joint, settled, undoNewest } from './testing/joint-draft.ts'
import { AIGUL, PAVEL } from './testing/supply-case.ts'
import { writeUpdate } from './testing/write-update.ts'

const RESTORATION = asId<RestorationId>('restoration'.padEnd(21, '0').concat('A'))
/** Six paragraphs of a hundred different letters each. */
const WORDS = Array.from({ length: 6 }, (_, index) =>
  Array.from({ length: 10 }, (_, word) => `слово${index}${word}${'абвгдежзик'.slice(word % 5, (word % 5) + 3)}`).join(' '),
)

async function written(): Promise<Joint> {
  const made = await joint()
  appendBlocks(
    made.pavel.fragment,
    WORDS.map((words, index) => block(`w${index}`, 'paragraph', 0, words)),
  )
  await made.pavel.flush()
  await made.time.pass(120_000)
  return made
}

async function restore({ log, server }: Joint, asked: Restoration): Promise<void> {
  log.asks(asked)
  await server.settle(CASE)
  expect(log.restoring.last).toMatchObject({ way: asked.way, outcome: { revision: expect.any(Number) } })
}

function elementOf(device: Device, id: string): Y.XmlElement {
  const found = blockElements(device.fragment).find((element) => readBlock(element).id === id)
  if (!found) throw new Error(`no block ${id}`)
  return found
}
function lettersOf(device: Device, id: string): Y.XmlText {
  const text = textOf(elementOf(device, id))
  if (!text) throw new Error(`no letters in ${id}`)
  return text
}
function remove(device: Device, ...ids: string[]): void {
  device.doc.transact(() => {
    for (const id of ids) {
      const index = readBlocks(device.fragment).findIndex((each) => each.id === id)
      device.fragment.delete(index, 1)
    }
  })
}
const idsOf = (device: Device) => readBlocks(device.fragment).map(({ id }) => id)

describe('a large deletion', () => {
  it('[DRA-159] is told to all with who, how much, and the state before it, which is saved', async () => {
    const made = await written()
    const { log, aigul, time, mediator } = made
    const was = readBlocks(mediator.fragment)
    const { revision } = aigul
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await time.pass(5_000)
    expect(log.restoring.deletions).toMatchObject([{ participantId: AIGUL, revision: revision, lines: expect.any(Number) }])
    expect(log.restoring.deletions[0]?.lines).toBeGreaterThan(3)
    const { states } = await mediator.sessions.states({ documentId: mediator.documentId })
    expect(states.at(-1)).toMatchObject({ revision: revision, cause: 'deletion' })
    const { blocks } = await mediator.sessions.state({ documentId: mediator.documentId, revision: revision })
    expect(JSON.stringify(blocks)).toBe(JSON.stringify(was))
  })

  it.each<[string, (made: Joint) => Promise<void>]>([
    [
      'letter by letter',
      async ({ aigul, time }) => {
        for (const id of ['w0', 'w1', 'w2', 'w3']) {
          const text = lettersOf(aigul, id)
          while (text.length > 0) {
            text.delete(text.length - 1, 1)
            if (text.length % 10 === 0) await time.pass(900)
            await aigul.flush()
          }
        }
      },
    ],
    [
      'everything selected and typed over',
      async ({ aigul }) => {
        aigul.doc.transact(() => {
          aigul.fragment.delete(0, aigul.fragment.length)
          appendBlocks(aigul.fragment, [block('new', 'paragraph', 0, 'Я.')])
        })
        await aigul.flush()
      },
    ],
    [
      'and other words pasted in their place',
      async ({ aigul }) => {
        remove(aigul, 'w0', 'w1', 'w2', 'w3')
        appendBlocks(aigul.fragment, [block('new', 'paragraph', 0, 'Совсем другие слова, которых раньше не было. '.repeat(12))])
        await aigul.flush()
      },
    ],
    [
      'while the text is being compacted',
      async ({ aigul, pavel, time }) => {
        for (let round = 0; round < 4; round++) {
          pavel.type('.')
          await pavel.flush()
          const compacting = time.pass(2_100)
          remove(aigul, `w${round}`)
          await aigul.flush()
          await compacting
        }
      },
    ],
    [
      'of a block alone, whose letters are not named',
      async ({ aigul }) => {
        for (const id of ['w0', 'w1', 'w2', 'w3']) {
          const { id: at } = elementOf(aigul, id)._item ?? { id: undefined }
          if (!at) throw new Error('a block')
          const bare = new Uint8Array([0, 1, ...varUint(at.client), 1, ...varUint(at.clock), 1])
          await aigul.send(bare)
        }
      },
    ],
    [
      'hidden behind a copy of their own, which goes next',
      async ({ aigul, time }) => {
        appendBlocks(
          aigul.fragment,
          WORDS.map((words, index) => block(`copy${index}`, 'paragraph', 0, words)),
        )
        await aigul.flush()
        remove(aigul, 'w0', 'w1', 'w2', 'w3', 'w4', 'w5')
        await aigul.flush()
        await time.pass(40_000)
        remove(aigul, ...WORDS.map((_, index) => `copy${index}`))
        await aigul.flush()
      },
    ],
    [
      'hidden behind a copy of their own, typed into another paragraph, whose letters go next',
      async ({ aigul, time }) => {
        const [text, words] = [lettersOf(aigul, 'w5'), WORDS.slice(0, 5).join('')]
        const from = text.length
        text.insert(from, words)
        await aigul.flush()
        for (const id of ['w0', 'w1', 'w2', 'w3', 'w4']) lettersOf(aigul, id).delete(0, lettersOf(aigul, id).length)
        await aigul.flush()
        await time.pass(40_000)
        text.delete(from, words.length)
        await aigul.flush()
      },
    ],
    [
      'of a block of their own of a moment ago, into which somebody else has written since',
      async ({ aigul, pavel }) => {
        appendBlocks(aigul.fragment, [block('fresh', 'paragraph', 0, 'Пишите сюда: ')])
        await aigul.flush()
        lettersOf(pavel, 'fresh').insert(0, WORDS.join(' ').toUpperCase())
        await pavel.flush()
        remove(aigul, 'fresh')
        await aigul.flush()
      },
    ],
    [
      'cut into pieces and mixed up',
      async ({ aigul }) => {
        const letters = WORDS.join('').replace(/\s/gu, '')
        const pieces = Array.from({ length: Math.ceil(letters.length / 14) }, (_, at) => letters.slice(at * 14, at * 14 + 14))
        remove(aigul, ...WORDS.map((_, index) => `w${index}`))
        appendBlocks(aigul.fragment, [block('mixed', 'paragraph', 0, pieces.reverse().join(' '))])
        await aigul.flush()
      },
    ],
    [
      'of what was written a moment ago by somebody else',
      async ({ aigul, pavel, time }) => {
        aigul.paragraph().delete(0, 1)
        await aigul.flush()
        appendBlocks(pavel.fragment, [block('fresh', 'paragraph', 0, WORDS.join(' ').toUpperCase())])
        await pavel.flush()
        await time.pass(3_000)
        remove(aigul, 'fresh')
        await aigul.flush()
      },
    ],
  ])('[DRA-161] %s: it is not missed', async (_, deletes) => {
    const made = await written()
    await deletes(made)
    await made.time.pass(15_000)
    expect(made.log.restoring.deletions[0]).toMatchObject({ participantId: AIGUL })
    expect(made.server.troubles).toEqual([])
  })

  it.each<[string, (made: Joint) => Promise<void>]>([
    [
      'moving blocks',
      async ({ aigul }) => {
        const moved = readBlocks(aigul.fragment).filter(({ id }) => id.startsWith('w'))
        remove(aigul, ...moved.map(({ id }) => id))
        aigul.fragment.insert(0, moved.map(blockElement))
        await aigul.flush()
      },
    ],
    [
      'putting short lines into another order',
      async ({ aigul, time }) => {
        const lines = Array.from({ length: 20 }, (_, i) => `Позиция ${i}: ${i * 7_919} тенге`)
        appendBlocks(
          aigul.fragment,
          lines.map((words, index) => block(`l${index}`, 'paragraph', 0, words)),
        )
        await aigul.flush()
        await time.pass(120_000)
        remove(aigul, ...lines.map((_, index) => `l${index}`))
        appendBlocks(
          aigul.fragment,
          lines.map((words, index) => block(`l${index}`, 'paragraph', 0, words)).sort((a, b) => (a.id < b.id ? 1 : -1)),
        )
        await aigul.flush()
      },
    ],
    [
      'cutting out, and pasting a little later',
      async ({ aigul, time }) => {
        const moved = readBlocks(aigul.fragment).filter(({ id }) => id.startsWith('w'))
        remove(aigul, ...moved.map(({ id }) => id))
        await aigul.flush()
        await time.pass(3_000)
        aigul.fragment.insert(0, moved.map(blockElement))
        await aigul.flush()
      },
    ],
    [
      'joining two blocks letter for letter, and dividing them elsewhere',
      async ({ aigul }) => {
        for (const id of ['w1', 'w2', 'w3', 'w4']) {
          const words = lettersOf(aigul, id).toString()
          remove(aigul, id)
          lettersOf(aigul, 'w0').insert(lettersOf(aigul, 'w0').length, words)
        }
        const all = lettersOf(aigul, 'w0')
        const tail = all.toString().slice(50)
        all.delete(50, all.length - 50)
        appendBlocks(aigul.fragment, [block('tail', 'paragraph', 0, tail)])
        await aigul.flush()
      },
    ],
    [
      'taking back what one has pasted a moment ago',
      async ({ aigul, time }) => {
        appendBlocks(aigul.fragment, [block('pasted', 'paragraph', 0, 'Не туда вставлено. '.repeat(40))])
        await aigul.flush()
        await time.pass(20_000)
        remove(aigul, 'pasted')
        await aigul.flush()
      },
    ],
    [
      'a line or two',
      async ({ aigul }) => {
        remove(aigul, 'w0')
        await aigul.flush()
      },
    ],
    [
      'a little at a time, over minutes',
      async ({ aigul, time }) => {
        for (const id of ['w0', 'w1', 'w2', 'w3']) {
          remove(aigul, id)
          await aigul.flush()
          await time.pass(61_000)
        }
      },
    ],
  ])('[DRA-160] %s is none', async (_, edits) => {
    const made = await written()
    await edits(made)
    await made.time.pass(100_000)
    expect(made.log.restoring.deletions).toEqual([])
    expect(made.server.troubles).toEqual([])
  })

  it('[DRA-160] typing, and correcting what one has just typed, opens no text to measure anything', async () => {
    const { aigul, storage, more, time } = await written()
    let measured = 0
    const measureDeletion: typeof threadless.measureDeletion = (caseId, deletion) => {
      measured++
      return threadless.measureDeletion(caseId, deletion)
    }
    const server = testServer(storage.drafts, storage.files, { ...more, worker: { ...threadless, measureDeletion } })
    await aigul.connect(server)
    const text = lettersOf(aigul, 'w5')
    for (let line = 0; line < 30; line++) {
      const from = text.length
      text.insert(from, 'Ещё одна строка, которую сейчас поправят. ')
      await aigul.flush()
      text.delete(from + 10, text.length - from - 10)
      await aigul.flush()
      await time.pass(1_000)
    }
    await time.pass(20_000)
    expect(measured).toBe(0)
    text.delete(0, text.length)
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await time.pass(6_000)
    expect(measured).toBeGreaterThan(0)
    expect(server.troubles).toEqual([])
  })

  it('[DRA-161] of what somebody else laid there as a copy and takes away again: together they erase nothing unnoticed', async () => {
    const { aigul, pavel, log, time } = await written()
    appendBlocks(
      pavel.fragment,
      WORDS.map((words, index) => block(`copy${index}`, 'paragraph', 0, words)),
    )
    await pavel.flush()
    await time.pass(1_000)
    remove(aigul, 'w0', 'w1', 'w2', 'w3', 'w4', 'w5')
    await aigul.flush()
    await time.pass(10_000)
    expect(log.restoring.deletions).toEqual([])
    remove(pavel, ...WORDS.map((_, index) => `copy${index}`))
    await pavel.flush()
    await time.pass(6_000)
    expect(log.restoring.deletions).toMatchObject([{ participantId: AIGUL }])
  })

  it.each([1_000, 41_000])(
    '[DRA-161] of what somebody else wrote as a copy into another paragraph, whose letters go %s ms later: together they erase nothing unnoticed',
    async (between) => {
      const { aigul, pavel, log, time } = await written()
      const [text, words] = [lettersOf(pavel, 'w5'), WORDS.slice(0, 5).join('')]
      const from = text.length
      text.insert(from, words)
      await pavel.flush()
      await time.pass(1_000)
      for (const id of ['w0', 'w1', 'w2', 'w3', 'w4']) lettersOf(aigul, id).delete(0, lettersOf(aigul, id).length)
      await aigul.flush()
      await time.pass(between)
      expect(log.restoring.deletions).toEqual([])
      text.delete(from, words.length)
      await pavel.flush()
      await time.pass(6_000)
      expect(log.restoring.deletions).toMatchObject([{ participantId: AIGUL }])
    },
  )

  it('[DRA-161] of what was found as a copy only while a report rested: it passes for new words no longer than the original counts', async () => {
    const { aigul, log, time } = await written()
    remove(aigul, 'w0', 'w1', 'w2')
    await aigul.flush()
    await time.pass(4_500)
    expect(log.restoring.deletions).toHaveLength(1)
    for (const id of ['w3', 'w4', 'w5']) lettersOf(aigul, id).delete(0, lettersOf(aigul, id).length)
    await aigul.flush()
    await time.pass(8_000)
    const [text, words] = [aigul.paragraph(), WORDS.slice(3).join('')]
    const from = text.length
    text.insert(from, words)
    await aigul.flush()
    await time.pass(53_000)
    expect(log.restoring.deletions).toHaveLength(1)
    text.delete(from, words.length)
    await aigul.flush()
    await time.pass(20_000)
    expect(log.restoring.deletions).toHaveLength(2)
  })

  it('[DRA-161] of words that one of two copies and takes away, and the other takes out of the copy: neither hides behind the other', async () => {
    const { aigul, pavel, log, time } = await written()
    const words = WORDS.slice(0, 5).join('')
    const from = lettersOf(aigul, 'w5').length
    lettersOf(aigul, 'w5').insert(from, words)
    await aigul.flush()
    await time.pass(1_000)
    pavel.paragraph().delete(0, 1)
    await pavel.flush()
    for (const id of ['w0', 'w1', 'w2', 'w3', 'w4']) lettersOf(aigul, id).delete(0, lettersOf(aigul, id).length)
    await aigul.flush()
    await time.pass(6_000)
    expect(log.restoring.deletions).toEqual([])
    lettersOf(pavel, 'w5').delete(from, words.length)
    await pavel.flush()
    await time.pass(20_000)
    expect(log.restoring.deletions).toMatchObject([{ participantId: PAVEL }])
  })

  it('[DRA-161] of what was written just now by somebody under whose id one has sent what stood there already', async () => {
    const { aigul, pavel, log, time } = await written()
    aigul.type('ы')
    await aigul.flush()
    const again = writeUpdate({
      client: pavel.doc.clientID,
      from: 0,
      structs: [{ content: { kind: 'collected', length: 1 } }],
      deletes: [{ client: aigul.doc.clientID, from: 0, length: 1 }],
    })
    await aigul.send(again, { kind: 'stored' })
    lettersOf(pavel, 'w5').insert(0, WORDS.slice(0, 5).join(' ').toUpperCase())
    await pavel.flush()
    await time.pass(10_000)
    lettersOf(aigul, 'w5').delete(0, WORDS.slice(0, 5).join(' ').length)
    await aigul.flush()
    await time.pass(6_000)
    expect(log.restoring.deletions).toMatchObject([{ participantId: AIGUL }])
  })

  it('[DRA-160] who only moved words is not named when somebody else takes them out of their new place', async () => {
    const { aigul, pavel, log, time } = await written()
    const moved = readBlocks(aigul.fragment).filter(({ id }) => id.startsWith('w'))
    remove(aigul, ...moved.map(({ id }) => id))
    aigul.fragment.insert(0, moved.map(blockElement))
    await aigul.flush()
    await time.pass(2_000)
    remove(pavel, ...moved.map(({ id }) => id))
    await pavel.flush()
    await time.pass(20_000)
    expect(log.restoring.deletions).toMatchObject([{ participantId: PAVEL }])
  })

  it('[DRA-161] after long typing with corrections, over many compactions, it is still seen against the text right before it', async () => {
    const made = await written()
    const { aigul, pavel, time, log } = made
    for (let round = 0; round < 40; round++) {
      pavel.type(` раз${round}`)
      await pavel.flush()
      aigul.paragraph().delete(0, 1)
      await aigul.flush()
      await time.pass(5_000)
    }
    expect(log.restoring.deletions).toEqual([])
    const { revision, text } = aigul
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await time.pass(6_000)
    const [deletion] = log.restoring.deletions
    expect(revision - (deletion?.revision ?? 0)).toBeLessThan(60)
    await undoNewest(made)
    expect(aigul.text.length).toBeGreaterThanOrEqual(text.length)
    for (const words of WORDS) expect(aigul.text).toContain(words)
    expect(made.server.troubles).toEqual([])
  })

  it('[DRA-159] of one person is told at most every ten seconds, and the next one then with all that has gone since', async () => {
    const { aigul, log, time } = await written()
    remove(aigul, 'w0', 'w1', 'w2')
    await aigul.flush()
    await time.pass(5_000)
    remove(aigul, 'w3', 'w4', 'w5')
    await aigul.flush()
    await time.pass(5_000)
    expect(log.restoring.deletions).toHaveLength(1)
    await time.pass(10_000)
    expect(log.restoring.deletions).toHaveLength(2)
  })

  it('[DRA-159] a server that stops right after it tells it before it stops', async () => {
    const { aigul, log, time, server } = await written()
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await time.pass(1_000)
    await server.close()
    expect(log.restoring.deletions).toMatchObject([{ participantId: AIGUL }])
    await time.pass(20_000)
    expect(log.restoring.deletions).toHaveLength(1)
  })

  it('[DRA-159] two servers over one store tell it once', async () => {
    const made = await written()
    const { storage, log, time, aigul } = made
    const second = testServer(storage.drafts, storage.files, made.more)
    await made.pavel.connect(second)
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await second.head(CASE)
    await time.pass(8_000)
    expect(log.restoring.deletions).toHaveLength(1)
  })
})

describe('a large deletion, and another server', () => {
  it('[DRA-161] whoever deletes on one and has another one compact the text at once is seen by the first', async () => {
    const { aigul, pavel, storage, log, time, more, server } = await written()
    const second = testServer(storage.drafts, storage.files, more)
    const { revision } = pavel
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await aigul.connect(second)
    for (let page = 0; page < 5; page++) {
      aigul.type('Много слов, чтобы текст сжали. '.repeat(800))
      await aigul.flush()
    }
    await time.pass(500)
    expect((await storage.drafts.snapshot(PLACE))?.revision).toBeGreaterThan(revision + 2)
    await server.notice(PLACE, aigul.haveRevision)
    await settled()
    await settled()
    expect(log.restoring.deletions).toMatchObject([{ participantId: AIGUL, revision }])
    await time.pass(20_000)
    expect(log.restoring.deletions).toHaveLength(1)
    expect([server, second].flatMap(({ troubles }) => troubles)).toEqual([])
  })
})

describe('undoing a large deletion', () => {
  it('[DRA-157] exactly the deleted words stand where they were; what others and the person have written since stays', async () => {
    const made = await written()
    const { aigul, pavel, log, time } = made
    const was = JSON.stringify(readBlocks(pavel.fragment))
    remove(aigul, 'w1', 'w2', 'w3')
    lettersOf(aigul, 'w4').delete(5, 20)
    appendBlocks(aigul.fragment, [block('instead', 'paragraph', 0, 'Вместо этого.')])
    await aigul.flush()
    lettersOf(pavel, 'w5').insert(0, 'Павел. ')
    await pavel.flush()
    await time.pass(20_000)
    await undoNewest(made)
    expect(log.restoring.last).toMatchObject({ way: 'undo-deletion', outcome: { revision: expect.any(Number) } })
    expect(aigul.text).toBe(pavel.text)
    expect(pavel.text).toContain('Вместо этого.')
    expect(pavel.text).toContain('Павел. ')
    const without = JSON.stringify(readBlocks(pavel.fragment).filter(({ id }) => id !== 'instead')).replace('Павел. ', '')
    expect(without).toBe(was)
    expect(new Set(idsOf(pavel)).size).toBe(idsOf(pavel).length)
  })

  it('[DRA-157] what was only moved meanwhile is not doubled, and ids stay unique', async () => {
    const made = await written()
    const { aigul, pavel, time } = made
    remove(aigul, 'w1', 'w2', 'w3', 'w4')
    await aigul.flush()
    await time.pass(5_000)
    appendBlocks(pavel.fragment, [block('w1', 'paragraph', 0, WORDS[1])])
    await pavel.flush()
    await undoNewest(made)
    expect(idsOf(pavel).filter((id) => id === 'w1')).toHaveLength(1)
    for (const words of WORDS) expect(pavel.text.split(words)).toHaveLength(2)
    expect(new Set(idsOf(pavel)).size).toBe(idsOf(pavel).length)
  })

  it('[DRA-157] what the mediator has brought back already is not doubled; what was written since stays', async () => {
    const made = await written()
    const { aigul, pavel, log, time } = made
    remove(aigul, 'w1', 'w2', 'w3', 'w4')
    await aigul.flush()
    await time.pass(5_000)
    const revision = log.restoring.deletions[0]?.revision ?? 0
    await restore(made, { way: 'bring-back', restorationId: RESTORATION, revision })
    lettersOf(pavel, 'w5').insert(0, 'Павел. ')
    await pavel.flush()
    await undoNewest(made)
    for (const device of [aigul, pavel]) {
      for (const words of [...WORDS, 'Павел. ']) expect(device.text.split(words), words).toHaveLength(2)
      expect(new Set(idsOf(device)).size).toBe(idsOf(device).length)
    }
  })

  it('[DRA-151] asked in the very moment in which the text was begun anew, it says that it cannot, and changes nothing', async () => {
    const made = await written()
    const { aigul, pavel, log, time, server } = made
    remove(aigul, 'w1', 'w2', 'w3', 'w4')
    await aigul.flush()
    await time.pass(5_000)
    const revision = log.restoring.deletions[0]?.revision ?? 0
    await restore(made, { way: 'begin-anew', restorationId: RESTORATION, revision })
    await pavel.connect(server)
    const was = pavel.text
    for (const words of WORDS) expect(was.split(words), words).toHaveLength(2)
    await undoNewest(made)
    expect(log.restoring.last).toMatchObject({ way: 'undo-deletion', outcome: { fault: 'gone' } })
    expect(pavel.text).toBe(was)
  })

  it('[DRA-157] one server saw it, another one undoes it, after compaction', async () => {
    const made = await written()
    const { aigul, storage, log, time, pavel } = made
    const was = pavel.text
    remove(aigul, 'w0', 'w1', 'w2', 'w3')
    await aigul.flush()
    await time.pass(30_000)
    const second = testServer(storage.drafts, storage.files, made.more)
    await undoNewest({ ...made, server: second })
    await pavel.connect(second)
    expect(pavel.text).toBe(was)
    expect(log).toBeInstanceOf(DraftLog)
  })
})
