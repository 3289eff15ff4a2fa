// @vitest-environment jsdom
// The provider and the editor's real binding before a lane that has taken what no editor writes.
import { Editor } from '@tiptap/core'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { boundExtensions } from '#shared/drafting/bound-editor.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { documentOfDraft } from './document-of-draft.ts'
import { HOSTILE } from './testing/hostile-updates.ts'
import { Lane, memoryDrawer, setting, VERSION } from './testing/lane.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** As the panel does: an editor for as long as the text is whole, gone at once when it is not. */
function device(lane = new Lane(), drawer = memoryDrawer()) {
  const made = setting(lane, drawer)
  const { provider } = made
  let bound: { doc: Y.Doc; editor: Editor } | undefined
  const drop = () => {
    bound?.editor.destroy()
    bound = undefined
  }
  const look = () => {
    const { doc, health, joined } = provider.snapshot()
    if (bound && bound.doc !== doc) drop()
    if (bound || health.kind !== 'whole' || !joined) return
    bound = { doc, editor: new Editor({ extensions: boundExtensions(doc), injectCSS: false }) }
  }
  provider.onUnfit(drop)
  provider.subscribe(look)
  look()
  closing.push(() => {
    drop()
    provider.close()
  })
  return { ...made, editor: () => bound?.editor, health: () => provider.snapshot().health }
}

/** An edit of somebody else, as the lane sends it round. */
function others(lane: Lane, update: Uint8Array): void {
  lane.updates.push(update)
  lane.send({ kind: 'updates', u: lane.updates.length + 1, updates: [update] })
}

const DRA91 = '[DRA-91] nothing goes out, nothing is healed, unsent words are kept for copying, the device stays in the draft'

describe('a lane that holds what the editor cannot show', () => {
  it.each(Object.keys(HOSTILE))(`${DRA91}: %s`, async (name) => {
    const { lane, editor, health, text, keptWords, provider, save, drawer, timers } = device()
    await settled()
    lane.hold = true
    text().insert(0, 'мои слова')
    others(lane, HOSTILE[name] ?? new Uint8Array())
    expect(health()).toEqual({ kind: 'aside', cause: 'foreign' })
    expect(editor()).toBeUndefined()
    expect(save()).toEqual({ kind: 'aside' })
    expect(keptWords.list()).toEqual(['мои слова'])
    const sent = lane.updates.length
    lane.release()
    for (let i = 0; i < 3; i++) {
      for (const run of timers.splice(0)) run()
      await settled()
    }
    // the frame that was under way before it came may arrive; after it nothing
    expect(lane.updates.length).toBeLessThanOrEqual(sent + 1)
    expect(lane.frames.length).toBe(1)
    expect(provider.hasUnsent).toBe(false)
    expect(drawer.length).toBe(0)
    expect(provider.snapshot().joined).toBe(true)
    expect(JSON.stringify(documentOfDraft(provider.snapshot().doc))).toContain('мои слова')
  })

  it.each(Object.keys(HOSTILE))('[DRA-90] who joins such a draft reads it, and others’ words go on arriving: %s', async (name) => {
    const lane = new Lane()
    lane.updates.push(HOSTILE[name] ?? new Uint8Array())
    const { editor, health, provider, drawer } = device(lane)
    await settled()
    expect(health()).toEqual({ kind: 'aside', cause: 'foreign' })
    expect(editor()).toBeUndefined()
    const writer = new Y.Doc()
    Y.applyUpdateV2(writer, lane.snapshot)
    const before = Y.encodeStateVector(writer)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('потом')])
    writer.getXmlFragment(DRAFT_FIELD).insert(0, [paragraph])
    others(lane, Y.encodeStateAsUpdate(writer, before))
    expect(JSON.stringify(documentOfDraft(provider.snapshot().doc))).toContain('потом')
    expect(lane.frames).toEqual([])
    expect(drawer.length).toBe(0)
  })

  it('[DRA-91] edits of an earlier page life wait on the device until the text can be shown', async () => {
    const first = device()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вчера')
    first.provider.keepNow()
    const lane = new Lane()
    lane.updates.push(HOSTILE['a value in the root'] ?? new Uint8Array())
    const next = device(lane, first.drawer)
    await settled()
    expect(lane.frames).toEqual([])
    expect(first.drawer.length).toBe(1)
    lane.updates.length = 0
    next.provider.openAgain()
    await settled()
    await settled()
    expect(next.health()).toEqual({ kind: 'whole' })
    expect(lane.text).toBe('вчера')
    expect(first.drawer.length).toBe(0)
  })

  it('[DRA-94] a fault sets the text aside; opened again it comes fresh from the server, a returning line does the same', async () => {
    const { lane, provider, health, editor, text, keptWords } = device()
    await settled()
    lane.hold = true
    text().insert(0, 'моё')
    provider.fail()
    expect(health()).toEqual({ kind: 'aside', cause: 'fault' })
    expect(editor()).toBeUndefined()
    expect(keptWords.list()).toEqual(['моё'])
    lane.release()
    const broken = provider.snapshot().doc
    provider.openAgain()
    await settled()
    expect(health()).toEqual({ kind: 'whole' })
    expect(provider.snapshot().doc).not.toBe(broken)
    expect(editor()?.isEditable).toBe(true)
    provider.fail()
    lane.become({ kind: 'offline', since: 0 })
    lane.become({ kind: 'live' })
    await settled()
    expect(health()).toEqual({ kind: 'whole' })
  })

  it('[DRA-99] when the server has begun the document anew, the old copy is dropped and its unsent words kept for copying', async () => {
    const { lane, provider, text, keptWords, health, save } = device()
    await settled()
    others(lane, HOSTILE['letters in an element'] ?? new Uint8Array())
    expect(health().kind).toBe('aside')
    lane.updates.length = 0
    lane.updates.push(Y.encodeStateAsUpdate(new Y.Doc()))
    lane.anew = 3
    lane.send({ kind: 'rejoin', u: 2 })
    await settled()
    await settled()
    expect(health()).toEqual({ kind: 'whole' })
    expect(save().kind).toBe('saved')
    text().insert(0, 'дальше')
    await settled()
    expect(lane.text).toBe('дальше')

    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'без связи ')
    const old = provider.snapshot().doc
    lane.anew = 9
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(provider.snapshot().doc).not.toBe(old)
    expect(keptWords.list()).toEqual(['без связи'])
    expect(lane.joins.at(-1)?.haveU).toBe(0)
  })
})

/** Ten devices with one text: two people each delete one of the clause's two paragraphs, with a part below it. */
async function met(count: number) {
  const lane = new Lane()
  const base = new Y.Doc()
  const clause = new Y.XmlElement('clause')
  const words = (name: string, ...content: (Y.XmlElement | Y.XmlText)[]) => {
    const made = new Y.XmlElement(name)
    made.insert(0, content)
    return made
  }
  clause.insert(0, [
    words('paragraph', new Y.XmlText('раз')),
    words('paragraph', new Y.XmlText('два')),
    words('clause', words('paragraph', new Y.XmlText('часть'))),
  ])
  base.getXmlFragment(DRAFT_FIELD).insert(0, [clause])
  lane.snapshot = Y.encodeStateAsUpdateV2(base)
  const without = (index: number) => {
    const doc = new Y.Doc()
    Y.applyUpdateV2(doc, lane.snapshot)
    const before = Y.encodeStateVector(doc)
    const here = doc.getXmlFragment(DRAFT_FIELD).get(0) as Y.XmlElement // the clause
    here.delete(index, 1)
    return Y.encodeStateAsUpdate(doc, before)
  }
  const devices = Array.from({ length: count }, () => device(lane))
  await settled()
  return { lane, devices, without }
}

const jsonOf = (doc: Y.Doc) => JSON.stringify(documentOfDraft(doc))

describe('edits that met and left a clause without its first paragraph', () => {
  it('[DRA-93] only the device whose edit was under way mends, at once, and keeps its editor; no word goes', async () => {
    const { lane, devices, without } = await met(2)
    const [mine, other] = devices
    lane.hold = true
    const clause = mine?.provider.snapshot().doc.getXmlFragment(DRAFT_FIELD).get(0) as Y.XmlElement // the clause
    const editor = mine?.editor()
    clause.delete(0, 1)
    others(lane, without(1))
    expect(mine?.health()).toEqual({ kind: 'whole' })
    expect(mine?.editor()).toBe(editor)
    lane.release()
    await settled()
    await settled()
    for (const update of lane.updates) lane.send({ kind: 'updates', u: lane.updates.length + 1, updates: [update] })
    expect(other?.health()).toEqual({ kind: 'whole' })
    expect(jsonOf(lane.doc)).toContain('часть')
    expect(mine && jsonOf(mine.provider.snapshot().doc)).toBe(jsonOf(lane.doc))
    expect(other && jsonOf(other.provider.snapshot().doc)).toBe(jsonOf(lane.doc))
  })

  it('[DRA-93] whoever only looks on writes nothing by itself, and mends in its turn; ten at once end with the same text', async () => {
    const { lane, devices, without } = await met(10)
    others(lane, without(0))
    others(lane, without(1))
    expect(new Set(devices.map((each) => each.health().kind))).toEqual(new Set(['uneven']))
    expect(lane.frames).toEqual([])
    for (const { timers } of devices) for (const run of timers.splice(0)) run()
    for (let i = 0; i < 5; i++) await settled()
    for (const update of lane.updates) lane.send({ kind: 'updates', u: lane.updates.length + 1, updates: [update] })
    expect(new Set(devices.map((each) => each.health().kind))).toEqual(new Set(['whole']))
    const texts = new Set(devices.map((each) => jsonOf(each.provider.snapshot().doc)))
    expect(texts).toEqual(new Set([jsonOf(lane.doc)]))
    expect([...texts].join()).toContain('часть')
  })

  it.each(['reading only', 'frozen', 'closed', 'without a line'])('[DRA-93] nothing is mended: %s', async (state) => {
    const { lane, devices, without } = await met(1)
    const [mine] = devices
    if (!mine) throw new Error('one device')
    if (state === 'reading only') mine.log.mayWrite = false
    if (state === 'frozen') mine.log.frozen = true
    if (state === 'closed') lane.send({ kind: 'closed', u: 2, versionId: VERSION })
    others(lane, without(0))
    others(lane, without(1))
    if (state === 'without a line') lane.become({ kind: 'offline', since: 0 })
    for (let i = 0; i < 3; i++) {
      for (const run of mine.timers.splice(0)) run()
      await settled()
    }
    expect(mine.health()).toEqual({ kind: 'uneven' })
    expect(mine.editor()).toBeUndefined()
    expect(mine.provider.hasUnsent).toBe(false)
    expect(lane.frames).toEqual([])
  })
})

describe('any structure, from anybody', () => {
  it('[DRA-90] nothing thrown, nothing written, shown or for reading (a seeded random test)', async () => {
    const random = new Random(2026)
    const names = ['paragraph', 'heading', 'clause', 'bulletList', 'listItem', 'hardBreak', 'image']
    const fitting: Readonly<Record<string, readonly string[]>> = {
      root: ['paragraph', 'heading', 'clause'],
      clause: ['paragraph', 'clause', 'bulletList'],
      bulletList: ['listItem'],
      listItem: ['paragraph'],
    }
    const pick = (place: Y.XmlFragment) => {
      const list = random.below(8) === 0 ? names : (fitting[place instanceof Y.XmlElement ? place.nodeName : 'root'] ?? ['hardBreak'])
      return list[random.below(list.length)] ?? 'paragraph'
    }
    const ends = { whole: 0, uneven: 0, aside: 0 }
    for (let round = 0; round < 120; round++) {
      const { lane, health, provider, editor, log } = device()
      log.mayWrite = false
      await settled()
      const writer = new Y.Doc()
      Y.applyUpdateV2(writer, lane.snapshot)
      for (let edit = 0; edit < 4; edit++) {
        const before = Y.encodeStateVector(writer)
        writer.transact(() => {
          const places: (Y.XmlFragment | Y.XmlElement)[] = [writer.getXmlFragment(DRAFT_FIELD)]
          for (const at of places) for (const child of at.toArray()) if (child instanceof Y.XmlElement) places.push(child)
          const place = places[random.below(places.length)] ?? writer.getXmlFragment(DRAFT_FIELD)
          const child = random.below(20) === 0 ? new Y.XmlText('слово') : new Y.XmlElement(pick(place))
          if (random.below(4) === 0 && place.length > 0) place.delete(random.below(place.length), 1)
          else place.insert(random.below(place.length + 1), [child])
          if (child instanceof Y.XmlElement && child.nodeName === 'clause' && random.below(2) === 0)
            child.insert(0, [new Y.XmlElement('paragraph')])
        })
        others(lane, Y.encodeStateAsUpdate(writer, before))
      }
      const { kind } = health()
      ends[kind]++
      expect(editor() !== undefined).toBe(kind === 'whole')
      expect({ frames: lane.frames, unsent: provider.hasUnsent }).toEqual({ frames: [], unsent: false })
      if (kind === 'whole') expect(jsonOf(provider.snapshot().doc)).toBe(jsonOf(writer))
    }
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(3)
  })
})
