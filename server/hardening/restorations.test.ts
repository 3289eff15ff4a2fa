// A deletion that is undone, a state that is brought back and a text begun anew, through real sockets, the real log and real threads; and
// what somebody outside the joint session has of it all.

import { describe, expect, it, vi } from 'vitest'
import { draftWriter } from '#server/testing/draft-writer.ts'
import { accepted, type Device, device } from '#server/testing/live-room.ts'
import { addMediator, newCase, openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { agreementConfirm, sessionStart } from '#shared/cases/case-protocol.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { block, wordsOf } from '#shared/document/document-block.ts'
import { appendBlocks } from '#shared/document/yjs-document.ts'
import { DRAFT_WIRE, type DraftStateAck, type DraftStatesAck } from '#shared/drafting/draft-wire.ts'
import {
  deletionUndo,
  largeDeletion,
  restorationRequested,
  textBeginAnew,
  textBringBack,
  textRestored,
} from '#shared/drafting/restoring-protocol.ts'
import { asId, type CaseId, type DeletionId, type RestorationId } from '#shared/kernel/ids.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'

const PATIENT = { timeout: 20_000 }
const restorationId = (name: string) => asId<RestorationId>(name.padEnd(21, '0').concat('A'))
const LINES = Array.from({ length: 8 }, (_, line) => `Строка ${line}: стороны договорились о поставке и об оплате, срок ${line * 7} дней.`)

async function world() {
  const made = await platformWorld()
  const open = await openCase(made, await addMediator(made, await setUpOwner(made)), newCase())
  const [one, two] = open.people
  if (!one || !two) throw new Error('a case has two people')
  const [mediator, inside, outside] = [await device(made, open.mediator), await device(made, one.session), await device(made, two.session)]
  const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
  for (const each of [mediator, inside, outside]) accepted(await say(each.socket, agreementConfirm, confirmation))
  accepted(await say(mediator.socket, sessionStart, {}))
  accepted(await say(mediator.socket, personAdmit, { participantId: inside.me, to: 'all' }))
  for (const each of [mediator, inside, outside]) await each.resume()
  const { documentId } = { documentId: settlementOf(asId<CaseId>(open.mediator.caseId)).id }
  return { made, mediator, inside, outside, documentId }
}

/** The newest event of a kind in the joint session, as this device was sent it. */
function newest<Body>(of: Device, { name }: { readonly name: string }): Body | undefined {
  const event = of.events('all').findLast(({ type }) => type === name)
  return event && (JSON.parse(event.body ?? '{}') as Body) // that event's body
}

describe('restorations', () => {
  it('[DRA-152] [DRA-157] [DRA-156] a deletion is undone, a state brought back, the text begun anew, and nobody outside learns of it', async () => {
    const { made, mediator, inside, outside, documentId } = await world()
    const [theirs, writer] = [await draftWriter(inside.socket), await draftWriter(mediator.socket)]
    await writer.write((fragment) =>
      appendBlocks(
        fragment,
        LINES.map((words, line) => block(`line${line}`, 'paragraph', 0, words)),
      ),
    )
    await vi.waitFor(() => expect(theirs.blocks().map(wordsOf)).toEqual(expect.arrayContaining(LINES)), PATIENT)
    const heard = outside.frames.length
    await theirs.write((fragment) => fragment.delete(0, fragment.length))
    await vi.waitFor(() => expect(newest(mediator, largeDeletion)).toBeDefined(), PATIENT)
    const told = newest<{ deletionId: DeletionId; lines: number; revision: number; participantId: string }>(mediator, largeDeletion)
    if (!told) throw new Error('it was told')
    expect(told.participantId).toBe(inside.me)
    expect(told.lines).toBeGreaterThan(5)

    for (const each of [inside, outside]) {
      const ack: DraftStatesAck = await each.socket.timeout(20_000).emitWithAck(DRAFT_WIRE.states, { documentId })
      expect(ack).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
    }
    const ofOutside = [
      await say(outside.socket, deletionUndo, { deletionId: told.deletionId }),
      await say(outside.socket, textBringBack, { restorationId: restorationId('theirs'), revision: told.revision }),
    ]
    for (const ack of ofOutside) expect(ack).toMatchObject({ ok: false, problem: { kind: 'not-found' } })

    accepted(await say(inside.socket, deletionUndo, { deletionId: told.deletionId }))
    accepted(await say(mediator.socket, deletionUndo, { deletionId: told.deletionId }))
    await vi.waitFor(() => expect(newest(inside, textRestored)).toBeDefined(), PATIENT)
    await vi.waitFor(() => expect(theirs.blocks().map(wordsOf)).toEqual(expect.arrayContaining(LINES)), PATIENT)
    expect(inside.events('all').filter(({ type }) => type === restorationRequested.name)).toHaveLength(1)

    const listed: DraftStatesAck = await mediator.socket.timeout(20_000).emitWithAck(DRAFT_WIRE.states, { documentId })
    if (!listed.ok) throw new Error(JSON.stringify(listed.problem))
    expect(listed.value.states.map(({ cause }) => cause)).toEqual(expect.arrayContaining(['deletion', 'restoration']))
    const empty = listed.value.states.find(({ cause }) => cause === 'restoration')?.revision ?? 0
    const read: DraftStateAck = await mediator.socket.timeout(20_000).emitWithAck(DRAFT_WIRE.state, { documentId, revision: told.revision })
    expect(read.ok && read.value.blocks.map(wordsOf)).toEqual(expect.arrayContaining(LINES))

    accepted(await say(mediator.socket, textBringBack, { restorationId: restorationId('empty'), revision: empty }))
    await vi.waitFor(() => expect(theirs.blocks()).toEqual([]), PATIENT)
    accepted(await say(mediator.socket, textBeginAnew, { restorationId: restorationId('anew'), revision: told.revision }))
    await vi.waitFor(
      () => expect(newest<{ restorationId: string }>(inside, textRestored)?.restorationId).toBe(restorationId('anew')),
      PATIENT,
    )
    theirs.leave()
    const anew = await draftWriter(inside.socket)
    expect(anew.joined).toMatchObject({ generation: 2, anew: expect.any(Number) })
    expect(anew.blocks().map(wordsOf)).toEqual(expect.arrayContaining(LINES))
    expect(await anew.write((fragment) => appendBlocks(fragment, [block('more', 'paragraph', 0, 'Дальше.')]))).toBeGreaterThan(0)

    const since = outside.frames.slice(heard).filter((frame) => frame.includes('draft') || frame.includes('"d"'))
    expect(since).toEqual([])
    expect(outside.events('all')).toEqual([])
    await made.close()
  }, 120_000)
})
