// For tests: a mediator who is signed in, before a server that is a table of answers.
import type { ReactNode } from 'react'
import { ok, TEST_NOW, type TestServer, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { StaffGate } from '#client/identity/staff/use-staff.tsx'
import type { Locale } from '#shared/kernel/locale.ts'

export const TEST_ACCOUNT = {
  id: 'accountAAAAAAAAAAAAAAA',
  role: 'mediator',
  email: 'e@x.kz',
  state: 'active',
  profile: { name: 'Ерлан Омаров', organisation: '', noOrganisation: true, registerNumber: '№ 27', phone: '', languages: [] },
} as const

export const TEST_SESSION = { token: 's', expiresAt: TEST_NOW + 600_000, account: TEST_ACCOUNT } as const

export function signedInServer(): TestServer {
  const server = testServer()
  server.on('POST /api/staff/session/refresh', () => ok(TEST_SESSION))
  server.on('GET /api/installation', () => ok({ ready: true, demo: false, mail: true, sink: false }))
  return server
}

export function renderSignedIn(server: TestServer, screen: ReactNode, locale: Locale = 'en') {
  return renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <StaffGate>{screen}</StaffGate>
    </ToolsProvider>,
    { locale },
  )
}
