// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { ok, refused, TEST_NOW, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { renderSignedIn, signedInServer, TEST_ACCOUNT, TEST_SESSION } from '#client/identity/testing/signed-in.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { ForgottenScreen } from './ForgottenScreen.tsx'
import { NewPasswordScreen } from './NewPasswordScreen.tsx'
import { PeopleScreen } from './PeopleScreen.tsx'

const FORGOTTEN = 'POST /api/staff/password/forgotten'
const RENEW = 'POST /api/staff/password/renew'
const SECRET = 'abcdefghijklmnopqrstuvwxyz012345'
afterEach(cleanup)

function open(Screen: () => React.JSX.Element, mail = true) {
  const server = testServer()
  server.on('GET /api/installation', () => ok({ ready: true, demo: false, mail, sink: false }))
  renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <Screen />
    </ToolsProvider>,
  )
  return server
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('a forgotten password', () => {
  it('[IDE-41] [UI-172] the page says what is known: that a letter goes if there is an account, and never that there is one', async () => {
    const server = open(ForgottenScreen)
    server.on(FORGOTTEN, () => ok({}))
    const email = await screen.findByLabelText('E-mail')
    await expect.poll(() => document.activeElement).toBe(email)
    type('E-mail', 'a@example.kz')
    press('Send the link')
    expect((await screen.findByRole('alert')).textContent).toMatch(/If there is an account with the address a@example\.kz/)
    expect(server.asked.at(-1)?.body).toEqual({ email: 'a@example.kz', language: 'en' })
    type('E-mail', 'b@example.kz')
    expect(screen.queryByText(/a@example\.kz/)).toBeNull()
  })

  it('[IDE-44] where no mail is sent, the page asks for no address and says who can help', async () => {
    open(ForgottenScreen, false)
    await screen.findByText(/npm run owner-link/)
    expect(screen.queryByLabelText('E-mail')).toBeNull()
  })

  it('[IDE-40] the link opens one field, and signs in; a used one is said to be so', async () => {
    window.history.replaceState(null, '', `/password#${SECRET}`)
    const server = open(NewPasswordScreen)
    expect(window.location.hash).toBe('')
    server.on(RENEW, () => refused(404, { kind: 'not-found', reason: 'identity/link-unknown' }))
    type('New password', 'a quite new password')
    press('Set it and sign in')
    await screen.findByText(/This link is not valid/)
    server.on(RENEW, () => ok(TEST_SESSION))
    press('Set it and sign in')
    await expect.poll(() => window.location.pathname).toBe('/office')
    expect(server.asked.at(-1)?.body).toEqual({ secret: SECRET, password: 'a quite new password' })
  })

  it('[IDE-40] a link with letters missing is said not to be valid, and asks the server nothing', async () => {
    window.history.replaceState(null, '', `/password#${SECRET.slice(1)}`)
    const server = open(NewPasswordScreen)
    type('New password', 'a quite new password')
    press('Set it and sign in')
    await screen.findByText(/This link is not valid/)
    expect(server.asked).toEqual([])
  })

  it('[IDE-44] the owner makes a link for somebody else, by their own password, and reads before what it can do', async () => {
    addDialog()
    const server = signedInServer()
    const owner = { ...TEST_ACCOUNT, role: 'owner' }
    const other = { ...TEST_ACCOUNT, id: 'otherAAAAAAAAAAAAAAAAA', profile: { ...TEST_ACCOUNT.profile, name: 'Гүлнар' } }
    server.on('POST /api/staff/session/refresh', () => ok({ ...TEST_SESSION, account: owner }))
    server.on('GET /api/accounts', () => ok({ accounts: [owner, other] }))
    renderSignedIn(server, <PeopleScreen />)
    fireEvent.click(await screen.findByRole('button', { name: 'Гүлнар: actions' }))
    expect(screen.queryByRole('button', { name: 'Ерлан Омаров: actions' })).toBeNull()
    fireEvent.click(screen.getByText('Link for a new password'))
    await screen.findByText(/sees its cases/)
    server.on(`POST /api/accounts/${other.id}/password-link`, () =>
      ok({ link: `https://b.kz/password#${SECRET}`, expiresAt: TEST_NOW + 86_400_000 }),
    )
    type('Your own password', 'mine')
    press('Make a link')
    await screen.findByText(`https://b.kz/password#${SECRET}`)
    expect(server.asked.at(-1)?.body).toEqual({ password: 'mine' })
  })
})
