import { describe, expect, it } from 'vitest'
import { blockElements, textOf } from '#shared/document/yjs-document.ts'
import { asId, type RestorationId } from '#shared/kernel/ids.ts'
import { CASE, PLACE } from './testing/drafting-server.ts'
import { type Joint, joint } from './testing/joint-draft.ts'
import { AIGUL } from './testing/supply-case.ts'

const RESTORATION = asId<RestorationId>('restoration'.padEnd(21, '0').concat('A'))
const documentId = PLACE.documentId

/** Aigul writes, minutes pass, the text is saved; answers the number of that state. */
async function savedState({ time, aigul, mediator }: Joint, words = 'Долг 1 840 000 ₸.'): Promise<number> {
  aigul.type(words)
  await aigul.flush()
  await time.pass(200_000)
  aigul.type(' До 1 декабря.')
  await aigul.flush()
  await time.pass(5_000)
  const { states } = await mediator.sessions.states({ documentId })
  return states.at(-1)?.revision ?? 0
}

describe('saved states', () => {
  it('[DRA-153] are listed to the mediator with time, cause and authors, and read in the words that stood there', async () => {
    const made = await joint()
    const revision = await savedState(made)
    const { states } = await made.mediator.sessions.states({ documentId })
    expect(states).toEqual([{ revision: made.aigul.u, at: made.time.clock.now() - 3_000, cause: 'minutes', authors: [AIGUL] }])
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
})
