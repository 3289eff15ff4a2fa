// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { ok, refused, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { TEST_SESSION } from '#client/identity/testing/signed-in.tsx'
import { SignInScreen } from './SignInScreen.tsx'

const SIGN_IN = 'POST /api/staff/sign-in'
afterEach(cleanup)

function open() {
  const server = testServer()
  renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <SignInScreen />
    </ToolsProvider>,
  )
  const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
  return {
    server,
    field,
    type(email: string, password: string) {
      fireEvent.change(field('E-mail'), { target: { value: email } })
      fireEvent.change(field('Password'), { target: { value: password } })
    },
    press: (name: string) => fireEvent.click(screen.getByRole('button', { name })),
  }
}

describe('signing in', () => {
  it('[UI-172] the first field waits for the keys', () => {
    const { field } = open()
    expect(document.activeElement).toBe(field('E-mail'))
  })

  it('[IDE-33] a refusal that asks to wait says why, counts down on the button, keeps what was typed, and lets go on', async () => {
    const { server, field, type, press } = open()
    server.on(SIGN_IN, () => refused(429, { kind: 'too-many', reason: 'identity/slow-down', details: { seconds: 2 } }))
    type('a@example.kz', 'guess')
    press('Sign in')
    const button = await screen.findByRole('button', { name: 'Wait 2 s' })
    expect(screen.getByRole('alert').textContent).toMatch(/Too many wrong tries from this network or device.*your data is safe/)
    expect(button).toHaveProperty('disabled', true)
    fireEvent.submit(button.closest('form') as HTMLFormElement) // Enter in a field
    await server.timers.run()
    expect(await screen.findByRole('button', { name: 'Wait 1 s' })).toBeTruthy()
    await server.timers.run()
    await screen.findByRole('button', { name: 'Sign in' })
    expect([field('E-mail').value, field('Password').value]).toEqual(['a@example.kz', 'guess'])
    expect(server.asked).toHaveLength(1)
    server.on(SIGN_IN, () => ok(TEST_SESSION))
    press('Sign in')
    await expect.poll(() => window.location.pathname).toBe('/office')
  })

  it('[IDE-33] a busy server is said to be busy, and waited for in the same way', async () => {
    const { server, type, press } = open()
    server.on(SIGN_IN, () => refused(503, { kind: 'unavailable', reason: 'identity/busy', details: { seconds: 2 } }))
    type('a@example.kz', 'guess')
    press('Sign in')
    await screen.findByRole('button', { name: 'Wait 2 s' })
    expect(screen.getByRole('alert').textContent).toMatch(/Many people are signing in just now/)
  })

  it('[IDE-34] a name is no e-mail: it is said beside the field, and nothing is asked', async () => {
    const { server, type, press } = open()
    type('Ерлан Омаров', 'guess')
    press('Sign in')
    await screen.findByText(/Check the address/)
    expect(server.asked).toEqual([])
  })
})
