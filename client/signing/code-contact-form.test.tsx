// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { AIGUL, smallCase } from '#client/app/testing/small-case.ts'
import { renderDraft } from '#client/drafting/testing/shown-draft.tsx'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CodeContact } from '#shared/signing/code-contact-routes.ts'
import { codeContactAsk, codeContactConfirm, codeContactLook, codeContactRemove } from '#shared/signing/code-contact-routes.ts'
import { CodeContactForm } from './CodeContactForm.tsx'

afterEach(cleanup)

/** A server that takes the code 123456. */
function show({
  ways = ['mail'] as readonly string[],
  confirmed = null as (Omit<CodeContact, 'address'> & { address: string | null }) | null,
} = {}) {
  const state = { confirmed, asked: undefined as CodeContact | undefined }
  const changes: number[] = []
  const api = {
    async call(route: unknown, input: { contact: CodeContact; code: string }) {
      if (route === codeContactLook) return { confirmed: state.confirmed, known: { mail: 'known@example.kz', sms: '' }, ways }
      if (route === codeContactRemove) state.confirmed = null
      if (route === codeContactAsk) state.asked = input.contact
      if (route === codeContactConfirm) {
        if (input.code !== '123456')
          throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-code', field: 'code', details: { left: 4 } })
        state.confirmed = state.asked ?? null
      }
      return { expiresAt: Date.UTC(2026, 10, 28, 9) }
    },
  } as unknown as AuthorisedApi // the four calls that are made here
  renderDraft(<CodeContactForm api={api} onChanged={() => changes.push(1)} />, { world: smallCase().enter(AIGUL), person: AIGUL })
  return { state, changes }
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('where codes for signing go', () => {
  it('[SIG-96] an address counts only once its code was typed; a wrong one is said, and nothing is promised', async () => {
    const { state, changes } = show()
    await screen.findByText(/The mediator does not see it/)
    expect((screen.getByLabelText(/Your e-mail/) as HTMLInputElement).value).toBe('known@example.kz')
    type(/Your e-mail/, 'aigul@example.kz')
    press('Send a code')
    await screen.findByLabelText(/The code from the mail/)
    type(/The code from the mail/, '000000')
    press('Confirm')
    await screen.findByText(/4 tries/)
    expect(screen.queryByText(/Codes for signing go here/)).toBeNull()
    type(/The code from the mail/, '123456')
    press('Confirm')
    await screen.findByText('Codes for signing go here: aigul@example.kz')
    expect(state.confirmed).toEqual({ way: 'mail', address: 'aigul@example.kz' })
    expect(changes).toEqual([1])
  })

  it('[SIG-96] it can be taken back, and then asked for again', async () => {
    const { state } = show({ confirmed: { way: 'mail', address: 'aigul@example.kz' } })
    await screen.findByText('Codes for signing go here: aigul@example.kz')
    press('Send no more: let the mediator read the code out')
    await screen.findByLabelText(/Your e-mail/)
    await waitFor(() => expect(state.confirmed).toBeNull())
  })

  it('[SIG-143] on a device that may not read the address it is said where codes go, and that it was confirmed elsewhere', async () => {
    show({ confirmed: { way: 'mail', address: null } })
    await screen.findByText(/the address that you confirmed on another device/)
  })

  it('[SIG-96] where nothing can be sent, it is said that the mediator will know the code', async () => {
    show({ ways: [] })
    await screen.findByText(/and so know it; the certificate will say so/)
    expect(screen.queryByRole('textbox')).toBeNull()
  })
})
