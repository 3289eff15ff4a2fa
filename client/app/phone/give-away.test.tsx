// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, smallCase } from '#client/app/testing/small-case.ts'
import { type Tools, ToolsProvider } from '#client/http/tools.tsx'
import { testTranslate } from '#client/i18n/testing.tsx'
import { StatementForm } from '#client/preparation/StatementForm.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { GiveAway, type GiveAwayShown } from './GiveAway.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const t = testTranslate('en')

it('[UI-232] whoever gives the telephone away is told that what they filled in would be lost', () => {
  const device = memoryDeviceStorage()
  const session = { caseId: TEST_CASE, keep: true } as GiveAwayShown['session'] // what is asked of it
  const tools = { api: { call: () => new Promise(() => undefined) } } as unknown as Tools // the server is silent
  const give = (
    <ToolsProvider tools={tools}>
      <GiveAway session={session} onClose={() => undefined} />
    </ToolsProvider>
  )
  const open = (shown: typeof give) => {
    cleanup()
    const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
    void renderCase(smallCase().enter(AIGUL), AIGUL, shown, { storage })
  }
  open(give)
  expect(screen.queryByText(t('identity.phone.unsent'))).toBeNull()
  open(<StatementForm />)
  fireEvent.change(screen.getByRole('textbox', { name: t('preparation.statement.all') }), { target: { value: 'Forty tonnes' } })
  open(give)
  screen.getByText(t('identity.phone.unsent'))
})
