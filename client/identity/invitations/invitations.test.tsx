// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ok, refused, TEST_NOW, type TestServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { ReadOutCodes } from '#client/identity/ReadOutCodes.tsx'
import { signedInServer } from '#client/identity/testing/signed-in.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import type { Invitation } from '#shared/identity/invitation-protocol.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { InvitationCard } from './InvitationCard.tsx'
import { nextAct } from './invitation-words.ts'
import { linkLetter, shareLetter, smsAddress } from './link-ways.ts'

const ID = 'invitationAAAAAAAAAAAA'
const CASE = asId<CaseId>('caseAAAAAAAAAAAAAAAAAA')
const LINK = `POST /api/invitations/${ID}/link`
const SECRET = 'abcdefghijklmnopqrstuvwxyz012345'

function invitation(part: Partial<Invitation> = {}): Invitation {
  return {
    id: asId(ID),
    caseId: CASE,
    participantId: asId('personAAAAAAAAAAAAAAAA'),
    language: 'kk',
    contacts: { phone: '+77010004112', email: 'aigul@mail.kz' },
    state: 'made',
    code: null,
    codeWays: ['read-out', 'sms', 'mail'],
    reserved: [],
    deliveries: [],
    devices: [],
    ...part,
  }
}

let server: TestServer

function show(given: Invitation, onChange: (invitation: Invitation) => void = () => undefined, locale: Locale = 'en') {
  return renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <ul>
        <Shown given={given} onChange={onChange} />
      </ul>
    </ToolsProvider>,
    { locale },
  )
}

function Shown({ given, onChange }: { given: Invitation; onChange: (invitation: Invitation) => void }) {
  const [invitation, setInvitation] = useState(given)
  const change = (next: Invitation) => {
    setInvitation(next)
    onChange(next)
  }
  return (
    <InvitationCard
      {...{ invitation }}
      name="Айгүл Серік"
      note="party"
      who="a"
      mediatorName="Ерлан Омаров"
      gateways={{ mail: true, sms: false }}
      isNext
      onChange={change}
    />
  )
}

const lines = () => server.asked.map(({ line }) => line).filter((line) => !line.endsWith('/refresh'))

beforeEach(() => {
  server = signedInServer()
  addDialog()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('inviting', () => {
  it('[JOI-31] the letter speaks the language of who will read it, and names no dispute', () => {
    const letter = linkLetter({ t: testTranslate('ru'), language: 'kk', mediator: 'Ерлан Омаров', link: 'https://b.kz/join#s' })
    expect(letter.text).toContain('Сізді медиатор Ерлан Омаров шақырып отыр')
    expect(smsAddress('+77010004112', letter)).toBe(`sms:+77010004112?body=${encodeURIComponent(`${letter.text}\nhttps://b.kz/join#s`)}`)
  })

  it('[JOI-31] closing the share sheet is no fault, and counts as not sent', async () => {
    const letter = { text: 't', link: 'l' }
    const close = () => Promise.reject(new DOMException('closed', 'AbortError'))
    await expect(shareLetter(close, letter)).resolves.toBe('cancelled')
    await expect(shareLetter(() => Promise.resolve(), letter)).resolves.toBe('sent')
    await expect(shareLetter(() => Promise.reject(new TypeError('no')), letter)).resolves.toBe('refused')
  })

  it('[JOI-33] the next step is the one the person waits for', () => {
    expect(nextAct(invitation())).toBe('link')
    expect(nextAct(invitation({ state: 'sent' }))).toBe('code')
    expect(nextAct(invitation({ state: 'sent', code: { way: 'read-out', expiresAt: 0, triesLeft: 5 } }))).toBe('nothing')
    expect(nextAct(invitation({ state: 'locked' }))).toBe('code')
    expect(nextAct(invitation({ state: 'joined' }))).toBe('nothing')
    expect(nextAct(invitation({ state: 'revoked' }))).toBe('link')
  })

  it.each(LOCALES)('[UI-170] a card whose code cannot be given yet says that the link goes first: %s', (locale) => {
    const say = testTranslate(locale)
    show(invitation(), () => undefined, locale)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: say('identity.invitation.give') }).disabled).toBe(true)
    screen.getByText(say('identity.invitation.code.after-link'))
    cleanup()
    show(invitation({ state: 'sent' }), () => undefined, locale)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: say('identity.invitation.give') }).disabled).toBe(false)
    expect(screen.queryByText(say('identity.invitation.code.after-link'))).toBeNull()
  })

  it('[JOI-32] the first link is made at once; one that has gone out is voided by a button only', async () => {
    server.on(LINK, () => ok({ link: `https://b.kz/join#${SECRET}`, secret: SECRET, invitation: invitation() }))
    show(invitation())
    fireEvent.click(screen.getByRole('button', { name: 'Send the link' }))
    await screen.findByText(`https://b.kz/join#${SECRET}`)
    cleanup()
    const before = lines().length
    show(invitation({ state: 'sent' }))
    fireEvent.click(screen.getByRole('button', { name: 'Send the link' }))
    await screen.findByText(/A new one makes it void/)
    expect(lines()).toHaveLength(before)
    fireEvent.click(screen.getByRole('button', { name: 'Make a new link' }))
    await screen.findByText(`https://b.kz/join#${SECRET}`)
  })

  it('[ACC-130] the link is a field of its own, which nobody changes and which is marked whole when the keyboard comes to it', async () => {
    server.on(LINK, () => ok({ link: `https://b.kz/join#${SECRET}`, secret: SECRET, invitation: invitation() }))
    show(invitation())
    fireEvent.click(screen.getByRole('button', { name: 'Send the link' }))
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Link' })
    expect([field.value, field.readOnly]).toEqual([`https://b.kz/join#${SECRET}`, true])
    field.focus()
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe(field.value)
  })

  const SEND = `POST /api/invitations/${ID}/send`
  const sent = () => server.asked.filter(({ line }) => line === SEND).map(({ body }) => body)
  const step = (way: string, which: string) => ({ secret: SECRET, way, step: which })

  /** Opens the dialog with its link; answers as the server would. */
  async function openLink(link = `https://b.kz/join#${SECRET}`, given = invitation()): Promise<Invitation[]> {
    const changed: Invitation[] = []
    server.on(LINK, () => ok({ link, secret: SECRET, invitation: given }))
    server.on(SEND, (body) => {
      const { way, step: which } = body as { way: 'copy'; step: string }
      if (which === 'sent') return ok(invitation({ state: 'sent', deliveries: [{ at: TEST_NOW, what: 'link', way }] }))
      return ok(invitation(which === 'reserve' ? { reserved: [way] } : {}))
    })
    show(given, (next) => changed.push(next))
    fireEvent.click(screen.getByRole('button', { name: 'Send the link' }))
    await screen.findByText(link)
    return changed
  }
  const press = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }))

  it('[JOI-30] every way out is reserved at the server before anything leaves, and called gone only afterwards', async () => {
    const written: string[] = []
    const before: unknown[][] = []
    const writeText = async (text: string) => {
      before.push(sent())
      written.push(text)
    }
    vi.stubGlobal('navigator', { clipboard: { writeText } })
    const changed = await openLink()
    press(/^Copy/)
    await screen.findByText('Copied')
    expect(written).toEqual([`https://b.kz/join#${SECRET}`])
    expect(before).toEqual([[step('copy', 'reserve')]])
    expect(sent()).toEqual([step('copy', 'reserve'), step('copy', 'sent')])
    expect(changed.map(({ state }) => state)).toEqual(['made', 'made', 'sent'])
  })

  it('[JOI-30] a way that a waiting code has taken is not offered to the link', async () => {
    vi.stubGlobal('navigator', {})
    await openLink(undefined, invitation({ code: { way: 'sms', expiresAt: TEST_NOW + 60_000, triesLeft: 5 } }))
    for (const taken of [/^WhatsApp/, /^Telegram/, /^SMS/, /^Copy/]) expect(screen.queryByRole('button', { name: taken })).toBeNull()
    for (const open of [/^By e-mail/, /QR/, /^On paper/]) screen.getByRole('button', { name: open })
  })

  it.each<[string, object]>([
    ['refuses', { clipboard: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } }],
    ['has none', {}],
  ])('[JOI-43] a clipboard that %s: nothing is recorded as gone, and it is said how to copy by hand', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator)
    const changed = await openLink()
    press(/^Copy/)
    await screen.findByText(/Select the link above and copy it by hand/)
    expect(sent()).toEqual([step('copy', 'reserve')])
    expect(changed.every(({ state, deliveries }) => state === 'made' && deliveries.length === 0)).toBe(true)
    press(/I have copied it/)
    await screen.findByText('Copied')
    expect(sent().at(-1)).toEqual(step('copy', 'sent'))
  })

  it('[JOI-43] a share sheet that was closed gives its way free, and records nothing', async () => {
    vi.stubGlobal('navigator', { share: () => Promise.reject(new DOMException('closed', 'AbortError')) })
    await openLink()
    expect(screen.queryByRole('button', { name: /^WhatsApp/ })).toBeNull()
    press(/^Share/)
    await waitFor(() => expect(sent()).toEqual([step('share', 'reserve'), step('share', 'release')]))
  })

  it('[JOI-44] without a share sheet WhatsApp and Telegram are opened with the letter, and called opened, not sent', async () => {
    vi.stubGlobal('navigator', {})
    const beside = { opener: {}, location: { href: '' }, close: vi.fn() }
    vi.stubGlobal('open', () => beside)
    await openLink()
    press(/^WhatsApp/)
    await screen.findByText('WhatsApp opened')
    expect(beside.location.href).toMatch(/^https:\/\/wa\.me\/\?text=.*%23abcdefgh/)
    expect(beside.opener).toBeNull()
    press(/^Telegram/)
    await screen.findByText('Telegram opened')
    expect(beside.location.href).toMatch(/^https:\/\/t\.me\/share\/url\?url=https%3A%2F%2Fb\.kz%2Fjoin%23abcdefgh.*&text=/)
    expect(sent()).toEqual([step('whatsapp', 'reserve'), step('whatsapp', 'sent'), step('telegram', 'reserve'), step('telegram', 'sent')])
  })

  it('[JOI-44] a browser that opens nothing, or a way that a code has taken: nothing leaves and nothing is recorded', async () => {
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('open', () => null)
    await openLink()
    press(/^WhatsApp/)
    await screen.findByText('Nothing was opened')
    expect(sent()).toEqual([step('whatsapp', 'reserve'), step('whatsapp', 'release')])
    const beside = { opener: {}, location: { href: '' }, close: vi.fn() }
    vi.stubGlobal('open', () => beside)
    server.on(SEND, () => refused(409, { kind: 'conflict', reason: 'identity/same-way', details: { way: 'telegram' } }))
    press(/^Telegram/)
    await waitFor(() => expect(beside.close).toHaveBeenCalled())
    expect(beside.location.href).toBe('')
  })

  it.each([
    [true, 'Not sent: sending is not set up here. It lies under “Outgoing”', 'Sent by e-mail'],
    [undefined, 'Sent by e-mail', /Not sent/],
  ] as const)(
    '[JOI-46] a letter that stayed on this machine (%s) is not called sent, in the dialog and on the card',
    async (local, words, not) => {
      await openLink()
      const delivery = { at: TEST_NOW, what: 'link', way: 'mail', ...(local && { local }) } as const
      server.on(SEND, () => ok(invitation({ state: 'sent', deliveries: [delivery] })))
      press(/^By e-mail/)
      await waitFor(() => expect(screen.getAllByText(words, { exact: false })).toHaveLength(2))
      expect(screen.queryByText(not, { exact: false })).toBeNull()
    },
  )

  it('[JOI-46] a code that stayed on this machine is not called sent', async () => {
    const given = invitation({ state: 'sent', deliveries: [{ at: 0, what: 'link', way: 'qr' }] })
    server.on(`POST /api/invitations/${ID}/code`, () =>
      ok({
        code: null,
        way: 'mail',
        expiresAt: TEST_NOW + 3_600_000,
        invitation: { ...given, deliveries: [{ at: TEST_NOW, what: 'code', way: 'mail', local: true }] },
      }),
    )
    show(given)
    press(/^Give a code/)
    const dialog = within(await screen.findByRole('dialog'))
    fireEvent.click(dialog.getByRole('button', { name: /Send by e-mail/ }))
    await dialog.findByText(/^Not sent: sending is not set up/)
    expect(dialog.queryByText(/^Sent/)).toBeNull()
  })

  it('[JOI-45] a link that others cannot open says so above every way to send it', async () => {
    await openLink(`http://localhost:8080/join#${SECRET}`)
    screen.getByText('Only this computer can open the link')
    screen.getByText(/The address localhost:8080 leads nowhere/)
    cleanup()
    await openLink()
    expect(screen.queryByText(/PUBLIC_URL/)).toBeNull()
  })

  it('[JOI-33] a code to be read out stands in large digits; only open ways are offered, closed ones are named', async () => {
    const given = invitation({ state: 'sent', codeWays: ['read-out', 'mail'], deliveries: [{ at: 0, what: 'link', way: 'sms' }] })
    server.on(`POST /api/invitations/${ID}/code`, () =>
      ok({ code: '482017', way: 'read-out', expiresAt: TEST_NOW + 3_600_000, invitation: given }),
    )
    show(given)
    fireEvent.click(screen.getByRole('button', { name: 'Give a code' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.queryByRole('button', { name: /Send by SMS/ })).toBeNull()
    dialog.getByText('SMS: closed, the link may have gone that way.')
    fireEvent.click(dialog.getByRole('button', { name: /Read it out/ }))
    await dialog.findByRole('img', { name: '4 8 2 0 1 7' })
    expect(dialog.getByRole('link', { name: 'Call +7 701 000 41 12' }).getAttribute('href')).toBe('tel:+77010004112')
  })
})

describe('codes to be read out', () => {
  it('[JOI-34] [CAU-12] nothing is drawn while nobody waits, the list is asked for again, and no digit is there before it is asked for', async () => {
    let codes: object[] = []
    server.on(`GET /api/cases/${CASE}/read-out`, () => ok({ codes }))
    const shown = renderWithTexts(
      <ToolsProvider tools={server.tools}>
        <ReadOutCodes caseId={CASE} nameOf={() => 'Айгүл Серік'} />
      </ToolsProvider>,
    )
    await waitFor(() => expect(lines()).toHaveLength(1))
    expect(shown.container.textContent).toBe('')
    codes = [{ participantId: 'personAAAAAAAAAAAAAAAA', purpose: 'sign', code: '731204', expiresAt: TEST_NOW + 600_000 }]
    await server.timers.run()
    await waitFor(() => expect(shown.container.textContent).toContain('Айгүл Серік'))
    expect(shown.container.innerHTML).not.toMatch(/7 ?3 ?1|731204/)
    fireEvent.click(screen.getByRole('button', { name: 'Show the code: Айгүл Серік' }))
    screen.getByRole('img', { name: '7 3 1 2 0 4' })
    fireEvent.click(screen.getByRole('button', { name: 'Hide the code: Айгүл Серік' }))
    expect(shown.container.innerHTML).not.toContain('7 3 1')
    fireEvent.click(screen.getByRole('button', { name: 'Show the code: Айгүл Серік' }))
    codes = [{ participantId: 'personAAAAAAAAAAAAAAAA', purpose: 'sign', code: '902115', expiresAt: TEST_NOW + 600_000 }]
    await server.timers.run()
    await screen.findByRole('button', { name: 'Show the code: Айгүл Серік' })
    expect(screen.queryByRole('img')).toBeNull()
  })
})
