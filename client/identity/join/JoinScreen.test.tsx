// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ok, refused, TEST_NOW, type TestServer, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import { PEOPLE_KEY } from '#client/identity/sessions/remembered-people.ts'
import { JoinScreen } from './JoinScreen.tsx'

const SECRET = 'abcdefghijklmnopqrstuvwxyz012345'
const CASE = 'caseAAAAAAAAAAAAAAAAAA'
const PERSON = 'personAAAAAAAAAAAAAAAA'
const LOOK = 'POST /api/join/look'
const ENTER = 'POST /api/join/enter'
const REFRESH = `POST /api/people/${PERSON}/session/refresh`

const session = (keep: boolean) => ({ token: 't', expiresAt: TEST_NOW + 600_000, caseId: CASE, participantId: PERSON, keep })

let server: TestServer
let opened: OpenPerson[]
let held: OpenPerson[]
const onHeld = (person: OpenPerson) => void held.push(person)

function open(hash = `#${SECRET}`, first?: ComponentProps<typeof JoinScreen>['first'], onAsked?: () => void) {
  window.history.replaceState(null, '', `/join${hash}`)
  const onOpen = (person: OpenPerson) => void opened.push(person)
  return renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <JoinScreen onOpen={onOpen} onHeld={onHeld} {...(first && { first })} {...(onAsked && { onAsked })} />
    </ToolsProvider>,
  )
}

async function type(code: string, notMine = false) {
  const field = await screen.findByLabelText('6-digit code')
  fireEvent.change(field, { target: { value: code } })
  if (notMine) fireEvent.click(screen.getByLabelText(/This is not my phone/))
  fireEvent.click(screen.getByRole('button', { name: 'Next' }))
}

beforeEach(() => {
  server = testServer()
  opened = []
  held = []
  server.on(LOOK, () => ok({ mediatorName: 'Ерлан Омаров', language: 'ru' }))
})
afterEach(() => {
  cleanup()
  window.localStorage.clear()
  window.sessionStorage.clear()
})

it('[IDE-154] who has given the phone away and opens their own link is led to their own code, and no code of the mediator’s is asked for', async () => {
  server.on(ENTER, () => ok(session(true)))
  open()
  await type('123456')
  await waitFor(() => expect(opened).toHaveLength(1))
  cleanup()
  const people = server.storage.getItem(PEOPLE_KEY) ?? ''
  server = testServer()
  server.storage.setItem(PEOPLE_KEY, people)
  server.on(REFRESH, () => refused(401, { kind: 'unauthenticated', reason: 'identity/session-held' }))
  open()
  await waitFor(() => expect(held).toEqual([{ caseId: CASE, participantId: PERSON, keep: true }]))
  expect(screen.queryByLabelText('6-digit code')).toBeNull()
  expect(opened).toHaveLength(1)
  expect(server.storage.getItem(PEOPLE_KEY)).toBe(people)
})

describe('the first screen of an invited person', () => {
  it("[JOI-1] nothing but the mediator's name is known before the code", async () => {
    open()
    await screen.findByRole('heading', { name: 'Mediator Ерлан Омаров invites you' })
    expect(server.asked).toEqual([{ line: LOOK, body: { secret: SECRET }, token: null }])
  })

  it('[JOI-2] the secret leaves the address bar, and opening another link in the same tab reads that one', async () => {
    open()
    await screen.findByLabelText('6-digit code')
    expect(window.location.href).not.toContain(SECRET)
    window.location.hash = `#${'z'.repeat(32)}`
    await waitFor(() => expect(server.asked.at(-1)?.body).toEqual({ secret: 'z'.repeat(32) }))
    expect(window.location.hash).toBe('')
  })

  it('[LIV-80] a reload before the code still knows the link, until somebody says that the phone is not theirs', async () => {
    const reload = () => {
      cleanup()
      return renderWithTexts(
        <ToolsProvider tools={server.tools}>
          <JoinScreen onHeld={onHeld} onOpen={(person) => void opened.push(person)} />
        </ToolsProvider>,
      )
    }
    open()
    await screen.findByLabelText('6-digit code')
    reload()
    const notMine = await screen.findByLabelText(/This is not my phone/)
    expect(server.asked.at(-1)).toMatchObject({ line: LOOK, body: { secret: SECRET } })
    expect(window.location.href).not.toContain(SECRET)
    fireEvent.click(notMine)
    fireEvent.click(notMine)
    reload()
    fireEvent.click(await screen.findByLabelText(/This is not my phone/))
    expect(JSON.stringify(window.history.state)).not.toContain(SECRET)
    reload()
    await screen.findByText('Open your link again')
  })

  it('[JOI-3] nothing is sent before the person presses the button, and never an unfinished code', async () => {
    open()
    fireEvent.change(await screen.findByLabelText('6-digit code'), { target: { value: '123456' } })
    expect(server.asked.map(({ line }) => line)).toEqual([LOOK])
    await type('12345')
    await screen.findByText('Type all six digits.')
    expect(server.asked.map(({ line }) => line)).toEqual([LOOK])
  })

  it('[JOI-4] a wrong code empties the field and says how many tries are left; a locked one says who helps', async () => {
    open()
    server.on(ENTER, () => refused(403, { kind: 'forbidden', reason: 'identity/wrong-code', details: { left: 4 } }))
    await type('111111')
    await screen.findByText(/4 tries are left/)
    expect(screen.getByLabelText<HTMLInputElement>('6-digit code').value).toBe('')
    server.on(ENTER, () => refused(403, { kind: 'forbidden', reason: 'identity/code-locked' }))
    await type('222222')
    await screen.findByText(/Call the mediator/)
    server.on(ENTER, () => refused(403, { kind: 'forbidden', reason: 'identity/code-used' }))
    await type('333333')
    await screen.findByText('Used on another device')
    // Removed long after its end it is missing: whoever holds it is told the same thing to do as with one that has just expired.
    for (const [reason, words] of [
      ['identity/code-expired', /expired.*Ask the mediator/],
      ['identity/code-missing', /out of date.*Ask the mediator/],
    ] as const) {
      server.on(ENTER, () => refused(403, { kind: 'forbidden', reason }))
      await type('444444')
      await screen.findByText(words)
    }
    expect(opened).toEqual([])
  })

  it('[JOI-5] "not my phone" leaves nothing in any storage', async () => {
    open()
    server.on(ENTER, () => ok(session(false)))
    await type('482017', true)
    await waitFor(() => expect(opened).toEqual([{ caseId: CASE, participantId: PERSON, keep: false }]))
    expect(server.asked.at(-1)).toMatchObject({ line: ENTER, body: { secret: SECRET, code: '482017', keep: false } })
    expect([...server.storage.kept]).toEqual([])
    expect([window.localStorage.length, window.sessionStorage.length]).toEqual([0, 0])
  })

  it("[JOI-6] one's own phone remembers a digest of the link, never the link or the code", async () => {
    open()
    server.on(ENTER, () => ok(session(true)))
    await type('482017')
    await waitFor(() => expect(opened).toHaveLength(1))
    const kept = JSON.stringify([...server.storage.kept])
    expect(kept).toContain(PERSON)
    expect(kept).not.toContain(SECRET)
    expect(kept).not.toContain('482017')
  })

  it('[JOI-6] opening the link again on the same phone asks for no code; once the session has ended it does again', async () => {
    open()
    server.on(ENTER, () => ok(session(true)))
    await type('482017')
    await waitFor(() => expect(opened).toHaveLength(1))
    cleanup()
    const kept = server.storage.kept.get(PEOPLE_KEY) ?? ''
    server = testServer()
    server.storage.setItem(PEOPLE_KEY, kept)
    server.on(REFRESH, () => ok(session(true)))
    open()
    await waitFor(() => expect(opened).toHaveLength(2))
    expect(server.asked.map(({ line }) => line)).toEqual([REFRESH])
    cleanup()
    server = testServer()
    server.storage.setItem(PEOPLE_KEY, kept)
    server.on(REFRESH, () => refused(401, { kind: 'unauthenticated', reason: 'identity/session-ended' }))
    server.on(LOOK, () => ok({ mediatorName: 'Ерлан Омаров', language: 'ru' }))
    open()
    await screen.findByLabelText('6-digit code')
    expect([...server.storage.kept]).toEqual([])
  })

  it('[JOI-8] a lost connection is said in words and tried again; a link that nobody knows and a missing one say what to do', async () => {
    server.on(LOOK, () => 'no connection')
    open()
    const again = await screen.findByRole('button', { name: 'Try again' })
    server.on(LOOK, () => refused(404, { kind: 'not-found', reason: 'identity/link-unknown' }))
    fireEvent.click(again)
    await screen.findByText('This link does not open')
    cleanup()
    open('')
    await screen.findByText('Open your link again')
  })
})

describe('what was begun before the program was there', () => {
  const begun = { code: '482017', notMine: false, isSent: false, isFocused: false }
  const first = (over: Partial<typeof begun> = {}) => {
    const all = [{ ...begun, ...over }]
    const pressed = () => {
      const [found] = all
      if (!found?.isSent) return undefined
      all[0] = { ...found, isSent: false }
      return found
    }
    return { end: vi.fn(), take: () => all.pop(), sent: pressed }
  }

  it('[JOI-52] stays in the field, with the focus, and goes nowhere by itself', async () => {
    open(undefined, first({ code: '4820', notMine: true, isFocused: true }))
    const field = await screen.findByLabelText<HTMLInputElement>('6-digit code')
    expect(field.value).toBe('4820')
    expect(document.activeElement).toBe(field)
    expect(screen.getByLabelText<HTMLInputElement>(/This is not my phone/).checked).toBe(true)
    expect(server.asked.map(({ line }) => line)).toEqual([LOOK])
  })

  it('[JOI-52] goes beside the question about the link when its button was pressed, once', async () => {
    server.on(ENTER, () => refused(403, { kind: 'forbidden', reason: 'identity/wrong-code', details: { left: 4 } }))
    open(undefined, first({ isSent: true, notMine: true }))
    await screen.findByText(/4 tries are left/)
    expect(server.asked.map(({ line }) => line)).toEqual([LOOK, ENTER])
    expect(server.asked.filter(({ line }) => line === ENTER)).toMatchObject([{ body: { secret: SECRET, code: '482017', keep: false } }])
  })

  it('[JOI-52] a press while the link is being looked at counts too', async () => {
    server.on(ENTER, () => ok(session(true)))
    const late = first({ isSent: true })
    open(undefined, { ...late, sent: () => undefined })
    await waitFor(() => expect(opened).toHaveLength(1))
    expect(server.asked.filter(({ line }) => line === ENTER)).toHaveLength(1)
  })

  it('[JOI-52] a link that nobody knows is said, whatever the code was told', async () => {
    server.on(LOOK, () => refused(404, { kind: 'not-found', reason: 'identity/link-unknown' }))
    server.on(ENTER, () => refused(404, { kind: 'not-found', reason: 'identity/link-unknown' }))
    open(undefined, first({ isSent: true }))
    await screen.findByText('This link does not open')
  })

  it('[JOI-52] gives way to whatever else there is to say', async () => {
    server.on(LOOK, () => refused(404, { kind: 'not-found', reason: 'identity/link-unknown' }))
    const other = first()
    open(undefined, other)
    expect(other.end).not.toHaveBeenCalled()
    await screen.findByText('This link does not open')
    expect(other.end).toHaveBeenCalled()
  })

  it('[JOI-53] the room is fetched when the field is there, and not while a code is on its way', async () => {
    const asked = vi.fn()
    open(undefined, undefined, asked)
    await screen.findByLabelText('6-digit code')
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1))
    cleanup()
    const idle: (() => void)[] = []
    vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run))
    vi.stubGlobal('cancelIdleCallback', () => idle.splice(0))
    server.on(ENTER, () => ok(session(true)))
    open(undefined, first({ isSent: true }), asked)
    await waitFor(() => expect(opened).toHaveLength(1))
    expect(idle).toEqual([])
    vi.unstubAllGlobals()
  })
})
