import { describe, expect, it } from 'vitest'
import { Lane, setting, VERSION } from './testing/lane.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

describe('the draft’s provider', () => {
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

  it('[DRA-72] offline one can go on writing; it is kept on the device, and goes out when the line is back', async () => {
    const { lane, text, save, drawer } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'офлайн')
    expect(save()).toEqual({ kind: 'offline', unsent: 1 })
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(lane.text).toBe('офлайн')
    expect(save().kind).toBe('saved')
    expect(drawer.length).toBe(0)
  })

  it('[DRA-73] after the browser was killed, the next page life claims the old id and brings its edits in', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вчера')
    first.provider.keepNow()
    const old = first.provider.snapshot().doc.clientID
    first.lane.state = { kind: 'live' }
    const next = setting(first.lane, first.drawer)
    await settled()
    await settled()
    expect(next.lane.joins.at(-1)?.storedIds).toEqual([old])
    expect(next.text().toString()).toBe('вчера')
    expect(first.drawer.length).toBe(0)
  })

  it('[DRA-74] what was written when the text had been frozen is kept for copying, and the text fetched anew', async () => {
    const { lane, text, provider, keptWords } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'поздно')
    const old = provider.snapshot().doc
    lane.generation = 2
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(keptWords.list()).toEqual(['поздно'])
    expect(provider.snapshot().doc).not.toBe(old)
    expect(lane.text).toBe('')
  })

  it('[DRA-74] when the log says first that the text is frozen, unsent words are kept for copying too, of this page and of earlier ones', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'не успели')
    first.provider.keepNow()
    first.log.frozen = true
    first.provider.close()
    expect(first.keptWords.list()).toEqual(['не успели'])
    expect(first.drawer.length).toBe(0)

    const died = setting()
    await settled()
    died.lane.become({ kind: 'offline', since: 0 })
    died.text().insert(0, 'и это')
    died.provider.keepNow()
    const lane = new Lane()
    lane.closed = VERSION
    const next = setting(lane, died.drawer)
    next.log.frozen = true
    await settled()
    await settled()
    expect(next.keptWords.list()).toEqual(['и это'])
    expect(next.lane.text).toBe('')
    expect(died.drawer.length).toBe(0)
  })

  it('[DRA-75] refused while closing: waits, goes out when the closing is cancelled, is kept when the panel goes', async () => {
    const { lane, text, save, provider, keptWords } = setting()
    await settled()
    lane.send({ kind: 'closed', u: 2, versionId: VERSION })
    text().insert(0, 'Ж')
    expect(save()).toEqual({ kind: 'closed', unsent: 1 })
    lane.send({ kind: 'reopened', u: 3, generation: 1 })
    await settled()
    expect(lane.text).toBe('Ж')
    lane.send({ kind: 'closed', u: 5, versionId: VERSION })
    text().insert(0, 'Щ')
    provider.close()
    expect(keptWords.list()).toEqual(['Щ'])
  })

  it('[DRA-76] not saved (a full disk): says so, keeps the edit and tries again', async () => {
    const { lane, text, save, timers } = setting()
    await settled()
    lane.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    text().insert(0, 'a')
    await settled()
    expect(save()).toMatchObject({ kind: 'refused', unsent: 1 })
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
