// @vitest-environment jsdom

import { webcrypto } from 'node:crypto'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Api } from '#client/http/api.ts'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { createTools, ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { createUnsentMarks } from '#client/realtime/unsent-marks.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'
import { DEVICE_FOLDS } from '#shared/catalogue.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { block } from '#shared/document/document-block.ts'
import { textDigest } from '#shared/document/text-code.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { hex, utf8 } from '#shared/kernel/bytes.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { type AudienceState, emptyAudience, foldEvent } from '#shared/log/fold.ts'
import { signingAsk } from '#shared/signing/signing-routes.ts'
import { SignedCard } from './SignedCard.tsx'
import { SigningPanel } from './SigningPanel.tsx'

const id = (name: string) => name.padEnd(22, '_')
const VERSION = id('v1')
const AT = Date.UTC(2026, 10, 22, 10, 10, 7)
const SIGNERS = [id('aigul'), id('pavel'), id('mediator')]
const text = canonicalText([block('a', 'clause', 1, 'Долг 1 840 000 ₸.')])
if (!text.ok) throw new Error('a sound text')
let digest = ''

beforeAll(async () => {
  // jsdom has no cryptography of its own
  if (globalThis.crypto?.subtle === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
  addDialog()
  digest = hex(await textDigest(webcrypto.subtle, text.ok ? text.text : ''))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})
const silent = { addEventListener: () => undefined, removeEventListener: () => undefined }

interface Told {
  readonly audience: string
  readonly type: string
  readonly body: object
}

function given(participant: string): Told {
  const body = {
    versionId: VERSION,
    fileId: id('file'),
    scheme: 'bitim-p256-cms/1',
    signatureDigest: `sha-256:${'d'.repeat(64)}`,
    certificateDigest: `sha-256:${'e'.repeat(64)}`,
    signedAt: AT,
    method: { read: 'self', confirmation: 'code-read-out' },
    identityLevel: 'link-and-code',
    seal: { scheme: 'bitim-seal/2', at: AT, key: `sha-256:${'b'.repeat(64)}`, value: 'c'.repeat(86) },
  }
  return { audience: `direct:${participant}`, type: 'signature:given', body }
}

function known(me: string, more: readonly Told[]): ReadonlyMap<Audience, AudienceState> {
  const audiences = new Map<Audience, AudienceState>()
  const people = [
    { id: id('aigul'), name: 'Айгүл Серік', role: 'party', sideId: id('s0'), language: 'kk' },
    { id: id('pavel'), name: 'Павел Ким', role: 'party', sideId: id('s1'), language: 'ru' },
  ]
  const sides = [
    { id: id('s0'), kind: 'organisation', name: 'КХ «Береке»' },
    { id: id('s1'), kind: 'organisation', name: 'ТОО «Дала Жем»' },
  ]
  const facts = {
    title: 'x',
    agreement: { date: '2026-11-20', place: 'Алматы' },
  }
  const mediator = { id: id('mediator'), name: 'Ерлан Омаров', language: 'ru' }
  const frozen = {
    versionId: VERSION,
    revision: 7,
    textDigest: digest,
    pdfDigest: 'a'.repeat(64),
    textCode: '4815 2093 7716',
    textFileId: id('t'),
    pdfFileId: id('p'),
    language: 'ru',
    signers: SIGNERS,
  }
  const lines = me === id('mediator') ? [id('aigul'), id('pavel')] : [me]
  const told: Told[] = [
    { audience: 'case', type: 'case:opened', body: { ...facts, seeded: { mediator, sides, people } } },
    ...['case', 'all', `signers:${VERSION}`].flatMap((audience) =>
      SIGNERS.map((participantId) => ({ audience, type: 'room:joined', body: { participantId } })),
    ),
    ...lines.map((person) => ({ audience: `direct:${person}`, type: 'room:joined', body: { participantId: person } })),
    { audience: 'all', type: 'version:frozen', body: frozen },
    { audience: `signers:${VERSION}`, type: 'version:sealed', body: { record: 'frozen' } },
    ...more,
  ]
  for (const { audience: name, type, body } of told) {
    const audience = name as Audience
    const state = audiences.get(audience) ?? emptyAudience(audience)
    audiences.set(
      audience,
      foldEvent(DEVICE_FOLDS, state, { audience, epoch: 1, seq: state.seq + 1, type, by: me as never, at: AT, hash: '', body }),
    )
  }
  return audiences
}

function show(
  me: string,
  { more = [] as readonly Told[], sent = text.ok ? text.text : '', locale = 'en' as const as 'en' | 'ru' | 'kk', board = false } = {},
) {
  const asked: unknown[] = []
  const snapshot = {
    me,
    audiences: known(me, more),
    connected: new Set(),
    integrity: { kind: 'whole' },
    caughtUp: true,
    ahead: 0,
    newer: false,
  }
  const silent = { state: () => ({ kind: 'offline' }), subscribe: () => () => undefined, on: () => () => undefined, tell: () => undefined }
  // Only what these screens use of an open case; the connection is down, so that the text comes from the stored file.
  const client = partOfCase({
    caseId: id('case'),
    store: { snapshot: () => snapshot, subscribe: () => () => undefined },
    connection: silent,
    timers: { after: () => () => undefined },
    now: () => AT,
    act: async (_definition: unknown, input: unknown) => {
      asked.push(input)
      return { ok: true, value: { at: [] } }
    },
    unsent: createUnsentMarks({ after: () => () => undefined }),
  })
  const api = {
    call: async (route: unknown) => {
      asked.push(route === signingAsk ? 'ask' : 'certify')
      return { nonce: 'n'.repeat(43), confirm: me === id('mediator') ? 'password' : 'read-out', expiresAt: AT + 600_000 }
    },
    download: async () => ({ bytes: utf8(sent), fileName: 'agreement.txt' }),
  } as unknown as AuthorisedApi
  const tools = createTools({
    // No code waits to be read out: the list is not answered.
    api: { call: () => new Promise(() => undefined), now: () => AT } as unknown as Api,
    clock: { now: () => AT },
    timers: { after: () => () => undefined },
    storage: undefined,
  })
  renderWithTexts(
    <ToolsProvider tools={tools}>
      <CaseProvider client={client}>{board ? <SignedCard /> : <SigningPanel api={api} />}</CaseProvider>
    </ToolsProvider>,
    { locale },
  )
  return { asked }
}

describe('the signing screen', () => {
  it('[SIG-3] shows the whole text and its code before anything can be signed', async () => {
    show(id('aigul'))
    expect(screen.queryByRole('button', { name: 'Sign' })).toBeNull()
    expect(await screen.findByText('Долг 1 840 000 ₸.')).toBeTruthy()
    expect(screen.getByRole('img', { name: [...'481520937716'].join(' ') })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Sign' })).toBeTruthy()
  })

  it('[SIG-60] [UI-170] from the frozen text to a signature: sign, say how it was read, the code, sign; nothing is preselected', async () => {
    const { asked } = show(id('aigul'))
    fireEvent.click(await screen.findByRole('button', { name: 'Sign' })) // 1
    const code = await screen.findByLabelText('New six-digit code')
    expect(asked).toEqual(['ask'])
    expect(screen.getAllByRole('radio').some((radio) => (radio as HTMLInputElement).checked)).toBe(false)
    const sign = () => screen.getByRole('button', { name: 'Sign' }) as HTMLButtonElement
    expect(sign().disabled).toBe(true)
    screen.getByText('Say first who read the text.')
    fireEvent.click(screen.getByLabelText('I read it myself')) // 2
    expect(sign().disabled).toBe(true)
    screen.getByText('Type the six digits of the code.')
    fireEvent.change(code, { target: { value: '123456' } }) // 3: the field
    expect(sign().disabled).toBe(false) // 4: the last tap
    expect(screen.queryByText(/Say first|six digits of the code/)).toBeNull()
    expect(screen.getByRole('button', { name: 'I will not sign this text' })).toBeTruthy()
  })

  it('[SIG-60] [UI-253] on a phone one question a screen, in no more taps: who read it, then the code; Back keeps the answer', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === BREAKPOINTS.phone, ...silent }))
    show(id('aigul'))
    fireEvent.click(await screen.findByRole('button', { name: 'Sign' })) // 1
    const heading = await screen.findByRole('heading', { name: 'The last step, question 1 of 2' })
    expect(document.activeElement).toBe(heading)
    const self = () => screen.getByLabelText('I read it myself') as HTMLInputElement
    await waitFor(() => self())
    expect(screen.queryByLabelText('New six-digit code')).toBeNull()
    const next = screen.getByRole('button', { name: 'Next' }) as HTMLButtonElement
    expect(next.disabled).toBe(true)
    fireEvent.click(self()) // 2
    fireEvent.click(next) // 3
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'The last step, question 2 of 2' }))
    expect(screen.queryByLabelText('I read it myself')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(self().checked).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Next' }))
    fireEvent.change(screen.getByLabelText('New six-digit code'), { target: { value: '123456' } })
    expect((screen.getByRole('button', { name: 'Sign' }) as HTMLButtonElement).disabled).toBe(false) // 4
    expect(screen.getByRole('button', { name: 'I will not sign this text' })).toBeTruthy()
  })

  it('[SIG-7] whoever had it read to them says by whom and in which language', async () => {
    show(id('aigul'))
    fireEvent.click(await screen.findByRole('button', { name: 'Sign' }))
    fireEvent.change(await screen.findByLabelText('New six-digit code'), { target: { value: '123456' } })
    fireEvent.click(screen.getByLabelText(/It was read to me/))
    expect((screen.getByRole('button', { name: 'Sign' }) as HTMLButtonElement).disabled).toBe(true)
    fireEvent.change(screen.getByLabelText('Who read it'), { target: { value: 'Ерлан Омаров' } })
    fireEvent.change(screen.getByLabelText('In which language'), { target: { value: 'kk' } })
    expect((screen.getByRole('button', { name: 'Sign' }) as HTMLButtonElement).disabled).toBe(false)
  })

  it('[SIG-61] a text other than the frozen one cannot be signed, and this is said', async () => {
    show(id('aigul'), { sent: text.ok ? text.text.replace('1 840', '1 940') : '' })
    expect((await screen.findByRole('alert')).textContent).toContain('This is not the text that was closed')
    expect(screen.queryByRole('button', { name: 'Sign' })).toBeNull()
  })

  it.each(LOCALES)('[SIG-62] what the signature is and is not is said before signing (%s)', async (locale) => {
    show(id('aigul'), { locale })
    expect(await screen.findByText(/(?:not an EDS|не ЭЦП|ЭЦҚ емес)/)).toBeTruthy()
    expect(screen.getByText(/(?:article 49\(2\)|пункту 2 статьи 49|49-бабы 2-тармағындағы)/)).toBeTruthy()
  })

  it('[SIG-30] a reason may be left out; who learns that it was this signer is chosen, not given', async () => {
    const { asked } = show(id('aigul'))
    fireEvent.click(await screen.findByRole('button', { name: 'I will not sign this text' }))
    const refuse = () => screen.getByRole('button', { name: 'I will not sign', hidden: true }) as HTMLButtonElement
    expect(refuse().disabled).toBe(true)
    fireEvent.click(screen.getByLabelText('Only the mediator'))
    expect(refuse().disabled).toBe(false)
    screen.getByText(/Where there are only two sides, they can guess/)
    fireEvent.change(screen.getByLabelText(/^Why/), { target: { value: 'The date' } })
    fireEvent.click(screen.getByLabelText('Everybody'))
    fireEvent.click(refuse())
    await waitFor(() => expect(asked).toContainEqual({ versionId: VERSION, to: 'all', reason: 'The date' }))
  })

  it('[SIG-12] after signing the signer sees when, can withdraw and save, and learns of nobody else', async () => {
    show(id('aigul'), { more: [given(id('aigul'))] })
    expect(await screen.findByText('Signed 22.11.2026 15:10:07 (UTC+5).')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Take my signature back' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Save as PDF' })).toBeTruthy()
    expect(screen.queryByText('Павел Ким')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Sign' })).toBeNull()
  })

  it('[SIG-20] the mediator sees who has signed, and may sign only when all have', async () => {
    show(id('mediator'), { more: [given(id('aigul'))] })
    expect(await screen.findByText('Not yet')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Sign' })).toBeNull()
    cleanup()
    show(id('mediator'), { more: [given(id('aigul')), given(id('pavel'))] })
    fireEvent.click(await screen.findByRole('button', { name: 'Sign' }))
    expect(await screen.findByLabelText('Your password')).toBeTruthy()
  })

  it('[SIG-31] a mediator who came after the text was closed is told that they cannot sign it, and can open it again', async () => {
    const later = { id: id('later'), role: 'mediator', name: 'Сауле Ахмет', language: 'ru', insteadOf: id('mediator') }
    const joined = ['case', 'all'].map((audience) => ({ audience, type: 'room:joined', body: { participantId: later.id } }))
    const added = { audience: 'case', type: 'person:added', body: later }
    const { asked } = show(later.id, { more: [added, ...joined] })
    expect(await screen.findByText(/your name is not in it, so you cannot sign it/)).toBeTruthy()
    expect(screen.queryByText('Signed on paper')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Open the text again' }))
    fireEvent.change(screen.getByRole('textbox', { hidden: true }), { target: { value: 'The mediator changed' } })
    fireEvent.click(screen.getByRole('button', { name: 'Open again', hidden: true }))
    await waitFor(() => expect(asked).toContainEqual({ versionId: VERSION, reason: 'The mediator changed' }))
  })

  it('[CAU-11] the board tells the mediator who has signed, until all have', () => {
    show(id('mediator'), { more: [given(id('aigul'))], board: true })
    expect(screen.getByText(/^Signed/)).toBeTruthy()
    expect(screen.getByText('Not yet')).toBeTruthy()
    cleanup()
    show(id('mediator'), {
      more: [{ audience: 'all', type: 'agreement:released', body: { versionId: VERSION, bundleFileId: id('b') } }],
      board: true,
    })
    expect(screen.queryByText('Not yet')).toBeNull()
  })

  it('[SIG-22] after release everybody can save the file and is told how to check it', async () => {
    show(id('pavel'), { more: [{ audience: 'all', type: 'agreement:released', body: { versionId: VERSION, bundleFileId: id('b') } }] })
    expect(await screen.findByRole('button', { name: 'Save the signed file' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Check the file' }).getAttribute('href')).toBe('/verify')
    expect(screen.queryByRole('button', { name: 'I will not sign this text' })).toBeNull()
  })
})
