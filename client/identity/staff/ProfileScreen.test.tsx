// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, ok, refused } from '#client/http/testing.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { renderSignedIn, signedInServer, TEST_ACCOUNT } from '#client/identity/testing/signed-in.tsx'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { ProfileScreen } from './ProfileScreen.tsx'

const PROFILE = 'PUT /api/staff/profile'
const PASSWORD = 'POST /api/staff/password'
const t = testTranslate('en')

afterEach(cleanup)

async function open(locale: Locale = 'en') {
  const server = signedInServer()
  renderSignedIn(server, <ProfileScreen />, locale)
  await screen.findByRole('heading', { level: 1 })
  const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })
  return { server, type, asked: (line: string) => server.asked.filter((each) => each.line === line).map(({ body }) => body) }
}

/** An answer that comes when the test says so. */
function slow() {
  let give: (answer: Answer) => void = () => undefined
  const coming = new Promise<Answer>((resolve) => {
    give = resolve
  })
  return { coming, give }
}

describe('the profile', () => {
  it('[UI-70] is called saved once the server has it, and no longer when something is changed', async () => {
    const { server, type, asked } = await open()
    const name = screen.getByLabelText<HTMLInputElement>(t('identity.account.name'))
    server.on(PROFILE, (body) => ok({ ...TEST_ACCOUNT, profile: body }))
    type(name, 'Ерлан Серікұлы')
    expect(screen.queryByText(t('identity.profile.saved'))).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: t('ui.save') }))
    await screen.findByText(t('identity.profile.saved'))
    expect(asked(PROFILE)).toMatchObject([{ name: 'Ерлан Серікұлы' }])
    type(name, 'Ерлан')
    expect(screen.queryByText(t('identity.profile.saved'))).toBeNull()
  })

  it('[UI-70] what is typed while it is on its way stays as typed, and is not called saved', async () => {
    const { server, type } = await open()
    const name = screen.getByLabelText<HTMLInputElement>(t('identity.account.name'))
    const { coming, give } = slow()
    server.on(PROFILE, () => coming)
    type(name, 'Ерлан С')
    const save = screen.getByRole('button', { name: t('ui.save') })
    fireEvent.click(save)
    type(name, 'Ерлан Серікұлы')
    give(ok({ ...TEST_ACCOUNT, profile: { ...TEST_ACCOUNT.profile, name: 'Ерлан С' } }))
    await expect.poll(() => save.getAttribute('aria-busy')).toBeNull()
    expect(name.value).toBe('Ерлан Серікұлы')
    expect(screen.queryByText(t('identity.profile.saved'))).toBeNull()
  })

  it('[UI-70] what the server refused is not called saved', async () => {
    const { server, type } = await open()
    server.on(PROFILE, () => refused(503, { kind: 'unavailable' }))
    type(screen.getByLabelText(t('identity.account.name')), 'Ерлан С')
    fireEvent.click(screen.getByRole('button', { name: t('ui.save') }))
    await screen.findByRole('alert')
    expect(screen.queryByText(t('identity.profile.saved'))).toBeNull()
  })
})

describe('changing the password', () => {
  it.each(LOCALES)('[UI-70] empties both fields once it is changed, and says so: %s', async (locale) => {
    const { server, type, asked } = await open(locale)
    const say = testTranslate(locale)
    const [current, next] = screen.getAllByLabelText<HTMLInputElement>(
      (_, element) => element instanceof HTMLInputElement && element.type === 'password',
    )
    if (!current || !next) throw new Error('two passwords')
    server.on(PASSWORD, () => ok({}))
    type(current, 'the old one')
    type(next, 'quite a long new one')
    fireEvent.click(screen.getByRole('button', { name: say('identity.password.change.action') }))
    await screen.findByText(say('identity.password.changed'))
    expect(asked(PASSWORD)).toEqual([{ current: 'the old one', next: 'quite a long new one' }])
    expect([current.value, next.value]).toEqual(['', ''])
  })

  it('[UI-70] has to wait when it is told to, counts on its own button, and sends nothing meanwhile', async () => {
    const { server, type, asked } = await open()
    server.on(PASSWORD, () => refused(429, { kind: 'too-many', reason: 'identity/slow-down', details: { seconds: 2 } }))
    type(screen.getByLabelText(t('identity.password.current')), 'the old one')
    type(screen.getByLabelText(t('identity.password.next')), 'quite a long new one')
    fireEvent.click(screen.getByRole('button', { name: t('identity.password.change.action') }))
    const button = await screen.findByRole('button', { name: t('ui.wait', { seconds: 2 }) })
    const form = button.closest('form')
    if (!form) throw new Error('a form')
    fireEvent.submit(form)
    expect(asked(PASSWORD)).toHaveLength(1)
    within(form).getByRole('alert')
    expect(screen.getByRole('button', { name: t('ui.save') })).toHaveProperty('disabled', false)
  })
})
