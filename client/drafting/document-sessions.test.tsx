// @vitest-environment jsdom
// Screens that come and go before one open case: what the device sends and holds meanwhile.
import { webcrypto } from 'node:crypto'
import { act, cleanup, renderHook, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { useUnsentDraft } from '#client/app/room/use-unsent-draft.ts'
import { AIGUL, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage, memoryDisk } from '#client/realtime/testing/memory-device-storage.ts'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { createUnsentMarks } from '#client/realtime/unsent-marks.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { readFrozenText } from '#client/signing/frozen-text.ts'
import { useOwnDocument } from '#client/signing/use-own-document.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { textDigest } from '#shared/document/text-code.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { hex, utf8 } from '#shared/kernel/bytes.ts'
import type { CommandId } from '#shared/kernel/ids.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import { DraftPanel } from './DraftPanel.tsx'
import { documentOfDraft } from './document-of-draft.ts'
import { documentSessions } from './document-sessions.ts'
import { keptWordsOf } from './kept-words.ts'
import { CASE, DOCUMENT, Lane, VERSION, wordsOf } from './testing/lane.ts'
import { hasUnsentEdits } from './unsent-place.ts'

const t = testTranslate('en')
const never = { after: () => () => undefined }

beforeAll(() => {
  window.matchMedia ??= () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
  Range.prototype.getClientRects ??= () => [] as never
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

/** One device with an open case, whose log goes on when the test says so. */
function openDevice({ lane = new Lane(), keeps = true, deviceStorage = memoryDeviceStorage() } = {}) {
  const world: SmallCase = smallCase().enter(AIGUL).enter(PAVEL).join(AIGUL, 'all').join(PAVEL, 'all').happen(sessionStarted, 'case', {})
  const listeners = new Set<() => void>()
  let seen = world.seenBy(AIGUL)
  const client = partOfCase({
    caseId: CASE,
    connection: lane.connection,
    store: {
      snapshot: () => seen,
      subscribe: (listener: () => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    storage: keeps ? createCaseStorage(deviceStorage, { caseId: CASE, participantId: AIGUL, page: 'page' }) : undefined,
    unsent: createUnsentMarks(never),
    timers: never,
    now: () => 1_700_000_000_000,
  })
  const happen: SmallCase['happen'] = (...told) => {
    const after = world.happen(...told)
    act(() => {
      seen = after.seenBy(AIGUL)
      for (const listener of [...listeners]) listener()
    })
    return after
  }
  const show = () =>
    renderWithTexts(
      <CaseProvider client={client}>
        <DraftPanel />
      </CaseProvider>,
    )
  const session = () => client.owned(documentSessions).of(DOCUMENT.id)
  return { lane, client, deviceStorage, happen, show, session, listening: () => listeners.size }
}

const field = () => screen.findByRole('textbox', { name: t('drafting.text') })
/** Tiptap leaves its editor at the element that it drew. */
const editor = async () => ((await field()) as unknown as { editor: import('@tiptap/core').Editor }).editor
const settled = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 0)))

function said(lane: Lane, words: string): void {
  const { doc } = lane
  const before = Y.encodeStateVector(doc)
  wordsOf(doc).insert(0, words)
  const update = Y.encodeStateAsUpdate(doc, before)
  lane.updates.push(update)
  act(() => lane.send({ kind: 'updates', revision: lane.updates.length + 1, updates: [update] }))
}

describe('a text and the screens that show it', () => {
  it('[DRA-181] panels that come and go cost no frame; what others write meanwhile is there when they come back', async () => {
    const { lane, show, session } = openDevice()
    const first = show()
    await field()
    const doc = session()?.snapshot().doc
    first.unmount()
    said(lane, 'Долг 5 ₸. ')
    for (let times = 0; times < 3; times++) {
      const again = show()
      // no skeleton: the text is drawn at once
      expect(screen.getByRole('textbox', { name: t('drafting.text') }).textContent).toContain('Долг 5 ₸.')
      again.unmount()
    }
    expect(session()?.snapshot().doc).toBe(doc)
    expect([lane.joins.length, lane.frames, lane.told]).toEqual([1, [], []])
  })

  it('[DRA-180] undo takes back after coming back what was typed before going away', async () => {
    const { lane, show } = openDevice()
    const first = show()
    ;(await editor()).commands.insertContent('мои слова')
    await waitFor(() => expect(lane.text).toBe('мои слова'))
    first.unmount()
    said(lane, 'чужие ')
    show()
    expect((await editor()).commands.undo()).toBe(true)
    await waitFor(() => expect(lane.text).toBe('чужие '))
    expect(lane.joins).toHaveLength(1)
  })

  it('[DRA-182] leaves nobody listening once the case is closed, however often it was shown', async () => {
    const added = new Map<string, number>()
    for (const [method, by] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ] as const) {
      const real = window[method].bind(window)
      vi.spyOn(window, method).mockImplementation((name: string, ...rest: unknown[]) => {
        if (name === 'beforeunload') added.set(name, (added.get(name) ?? 0) + by)
        real(name, ...(rest as [EventListener]))
      })
    }
    const { lane, client, show, listening } = openDevice()
    for (let times = 0; times < 5; times++) {
      const { unmount } = show()
      await field()
      unmount()
    }
    const open = lane.listeners
    expect(listening()).toBe(1)
    expect(Object.fromEntries(added)).toEqual({ beforeunload: 1 })
    show()
    await field()
    expect(lane.listeners).toBe(open)
    cleanup()
    client.close()
    expect([lane.listeners, listening()]).toEqual([0, 0])
    expect(Object.fromEntries(added)).toEqual({ beforeunload: 0 })
    expect(lane.told).toEqual([[DRAFT_WIRE.leave, { documentId: DOCUMENT.id }]])
  })

  it('[DRA-183] whoever may read it no longer has it no longer: closed, forgotten, what was unsent on the device; let in again it is another copy', async () => {
    const { lane, show, session, happen, deviceStorage } = openDevice()
    show()
    await field()
    const old = session()
    act(() => lane.become({ kind: 'offline', since: 0 }))
    ;(await editor()).commands.insertContent('не успела')
    happen(roomLeft, 'all', { participantId: AIGUL })
    expect(session()).toBeUndefined()
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(lane.listeners).toBe(0)
    expect([...deviceStorage.content.keys()].filter((key) => key.includes(':draft:'))).toHaveLength(1)
    act(() => lane.become({ kind: 'live' }))
    happen(roomJoined, 'all', { participantId: AIGUL })
    await waitFor(() => expect(lane.text).toBe('не успела'))
    expect(session()).not.toBe(old)
    expect((await field()).textContent).toBe('не успела')
  })

  it.each([
    ['asks first where the device keeps nothing', false, true],
    ['asks nothing where the device keeps them', true, false],
  ] as const)('[DRA-190] closing the page over unsent words %s', async (_what, keeps, asks) => {
    const { lane, client, show } = openDevice({ keeps })
    show()
    await field()
    const closing = () => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(closing()).toBe(false)
    act(() => lane.become({ kind: 'offline', since: 0 }))
    ;(await editor()).commands.insertContent('не отправлено')
    expect(closing()).toBe(asks)
    act(() => client.close())
  })

  it('[DRA-184] when the case is wiped from the device nothing that was unsent is written anywhere', async () => {
    const { lane, client, show, deviceStorage } = openDevice()
    show()
    await field()
    act(() => lane.become({ kind: 'offline', since: 0 }))
    ;(await editor()).commands.insertContent('не для этого устройства')
    await settled()
    expect(deviceStorage.disk.rests.size).toBeGreaterThan(0)
    act(() => client.wipe())
    client.storage?.wipe()
    client.close()
    cleanup()
    await settled()
    expect([...deviceStorage.disk.rests]).toEqual([])
    expect(keptWordsOf(client).list()).toEqual([])
    expect(lane.told).toEqual([])
  })

  it('[DRA-183] a screen drawn once more after the end opens nothing', async () => {
    const { lane, client, show, session } = openDevice()
    client.close()
    show()
    await settled()
    expect(session()).toBeUndefined()
    expect([lane.joins, lane.listeners]).toEqual([[], 0])
  })
})

describe('edits that an earlier page left', () => {
  /** A page that was killed while it was typed without a connection. */
  async function killed() {
    const disk = memoryDisk()
    const { lane, show } = openDevice({ deviceStorage: memoryDeviceStorage(disk) })
    const { unmount } = show()
    await field()
    act(() => lane.become({ kind: 'offline', since: 0 }))
    ;(await editor()).commands.insertContent('не успела')
    await settled()
    const rests = memoryDisk(new Map(disk.rests))
    unmount()
    act(() => lane.become({ kind: 'live' }))
    return { lane: Object.assign(new Lane(), { snapshot: lane.snapshot }), deviceStorage: memoryDeviceStorage(rests) }
  }
  const whose = { caseId: CASE, participantId: AIGUL, documentId: DOCUMENT.id }
  const opening = (client: CaseClient) =>
    renderHook(() => useUnsentDraft(), { wrapper: ({ children }) => <CaseProvider client={client}>{children}</CaseProvider> })

  it('[LIV-54] count from the first moment, and go out once although nobody opens the draft', async () => {
    const { lane, deviceStorage } = await killed()
    expect(hasUnsentEdits(deviceStorage, whose)).toBe(true)
    const { client } = openDevice({ lane, deviceStorage })
    client.unsent.set('draft', hasUnsentEdits(deviceStorage, whose))
    expect(client.unsent.any.state()).toBe(true)
    opening(client)
    await waitFor(() => expect(lane.text).toBe('не успела'))
    await settled()
    expect(deviceStorage.disk.rests.size).toBe(0)
    expect(hasUnsentEdits(deviceStorage, whose)).toBe(false)
    expect(lane.frames).toHaveLength(1)
  })

  it('[LIV-54] cost nothing where there are none', async () => {
    const lane = new Lane()
    const { client, session } = openDevice({ lane })
    client.unsent.set('draft', hasUnsentEdits(memoryDeviceStorage(), whose))
    opening(client)
    await settled()
    expect([session(), lane.joins]).toEqual([undefined, []])
  })

  it('[LIV-54] still count when the text is closed to their person again before they went out', async () => {
    const { lane, deviceStorage } = await killed()
    const { client, session, happen } = openDevice({ lane, deviceStorage })
    client.unsent.set('draft', true)
    lane.refuse = { kind: 'conflict', reason: 'drafting/no-session' }
    opening(client)
    await waitFor(() => expect(lane.frames).toHaveLength(1))
    expect(session()?.unsent).toBe('on-device')
    happen(roomLeft, 'all', { participantId: AIGUL })
    expect(session()).toBeUndefined()
    expect(client.unsent.any.state()).toBe(true)
    lane.refuse = undefined
    happen(roomJoined, 'all', { participantId: AIGUL })
    await waitFor(() => expect(lane.text).toBe('не успела'))
  })
})

const frozen = (digest: string) => ({
  versionId: VERSION,
  documentId: DOCUMENT.id,
  revision: 2,
  textDigest: digest,
  pdfDigest: 'a'.repeat(64),
  textCode: '4815 2093 7716',
  textFileId: testId<CommandId>('text') as never,
  pdfFileId: testId<CommandId>('pdf') as never,
  language: 'ru' as const,
  signers: [AIGUL, PAVEL],
})

describe('the copy that is signed', () => {
  /** Held by the device until the text was closed for signing; `served`: what the server has done since. */
  async function closed(served: (lane: Lane) => void = () => undefined, look = true) {
    const device = openDevice()
    const { lane, happen, client, show, session } = device
    said(lane, 'Долг 1 840 000 ₸.')
    if (look) {
      const { unmount } = show()
      await field()
      unmount()
    }
    const before = session()?.snapshot().doc
    lane.closed = VERSION
    act(() => lane.send({ kind: 'closed', revision: lane.updates.length + 1, versionId: VERSION }))
    served(lane)
    const canonical = canonicalText(documentOfDraft(lane.doc, 'ru'))
    const textOfServer = canonical.ok ? canonical.text : ''
    const digest = hex(await textDigest(webcrypto.subtle, textOfServer))
    happen(versionFrozen, 'all', frozen(digest), 'system')
    const signing = renderHook(() => useOwnDocument(), {
      wrapper: ({ children }) => <CaseProvider client={client}>{children}</CaseProvider>,
    })
    await settled()
    const own = signing.result.current
    const read = () => readFrozenText({ crypto: webcrypto.subtle, own, download: async () => utf8(textOfServer) }, { textDigest: digest })
    return { ...device, before, own, read }
  }
  /** As a hostile server would: another figure in the text that everybody has agreed on. */
  const alter = (lane: Lane) => {
    const { doc } = lane
    const before = Y.encodeStateVector(doc)
    wordsOf(doc).insert(5, '9')
    lane.updates.push(Y.encodeStateAsUpdate(doc, before))
  }

  it('[SIG-66] is the document that lay on the device before the closing, fetched by nobody again', async () => {
    const { lane, session, before, own, read } = await closed()
    expect(session()?.snapshot().doc).toBe(before)
    expect(lane.joins).toHaveLength(1)
    expect(own?.held).toBe(true)
    expect(await read()).toMatchObject({ kind: 'same', from: 'device' })
  })

  it.each([
    [
      'by an edit behind the closing',
      (lane: Lane) => {
        alter(lane)
        lane.send({ kind: 'updates', revision: lane.updates.length + 2, updates: lane.updates.slice(-1) })
      },
    ],
    [
      'by an answer to joining again',
      (lane: Lane) => {
        alter(lane)
        lane.become({ kind: 'offline', since: 0 })
        lane.become({ kind: 'live' })
      },
    ],
    [
      'by a whole text, given to whoever joins again',
      (lane: Lane) => {
        alter(lane)
        lane.snapshot = Y.encodeStateAsUpdateV2(lane.doc)
        lane.compactedUpTo = 99
        lane.send({ kind: 'rejoin', revision: 0 })
      },
    ],
  ])('[SIG-61] [SIG-66] a server that serves and freezes another text after the closing is refused: %s', async (_, served) => {
    const { own, read, before, session } = await closed((lane) => act(() => served(lane)))
    expect(session()?.snapshot().doc).toBe(before)
    expect(own?.held).toBe(true)
    expect(await read()).toEqual({ kind: 'other' })
  })

  it('[SIG-66] what the device fetched after the closing, or had to fetch anew, is not called the copy it had', async () => {
    const late = await closed(undefined, false)
    expect(late.own?.held).toBe(false)
    expect(await late.read()).toMatchObject({ kind: 'same', from: 'server' })
    cleanup()
    const anew = await closed((lane) => {
      alter(lane)
      lane.epoch = 2
      lane.snapshot = Y.encodeStateAsUpdateV2(lane.doc)
      act(() => lane.send({ kind: 'rejoin', revision: 0 }))
    })
    expect(anew.session()?.snapshot().doc).not.toBe(anew.before)
    expect(anew.own?.held).toBe(false)
    expect(await anew.read()).toMatchObject({ from: 'server' })
  })

  it('[DRA-74] words that were unsent when the text was frozen are kept for copying, and what is signed is the closed text without them', async () => {
    const device = openDevice()
    said(device.lane, 'Долг.')
    device.show()
    const text = await editor()
    device.lane.closed = VERSION
    act(() => device.lane.send({ kind: 'closed', revision: device.lane.updates.length + 1, versionId: VERSION }))
    text.commands.insertContent('поздно')
    await settled()
    device.happen(versionFrozen, 'all', frozen('0'.repeat(64)), 'system')
    await settled()
    expect(keptWordsOf(device.client).list()).toEqual(['поздно'])
    const { doc, held } = device.session()?.snapshot() ?? {}
    expect(doc && wordsOf(doc).toString()).toBe('Долг.')
    expect(held).toBe(false)
  })
})
