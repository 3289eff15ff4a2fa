// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { createOwnCodeDemand } from '#client/http/own-code-demand.ts'
import { ok, refused, type TestServer, testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { deviceAnswer } from '#shared/identity/access-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { OwnCodeDialog } from './OwnCodeDialog.tsx'

const NAME = 'Айгүл Серік'
const CODE = '403917'
addDialog()
let server: TestServer
beforeEach(() => {
  server = testServer()
})
afterEach(cleanup)

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

function dialog(more: Partial<Parameters<typeof OwnCodeDialog>[0]> = {}) {
  const told: string[] = []
  const take = async (code: string) => {
    if (code !== CODE) throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-code', details: { left: 3 } })
  }
  const shown = { name: NAME, isNew: false, isLocked: false, show: take, choose: take, ...more }
  renderWithTexts(
    <ToolsProvider tools={server.tools}>
      <OwnCodeDialog {...shown} onTaken={() => told.push('taken')} onClose={() => told.push('closed')} />
    </ToolsProvider>,
  )
  return told
}

describe('the dialog of the own code', () => {
  it('[IDE-255] says in whose name it is done; a wrong code is said with the tries left, and the right one goes on', async () => {
    const told = dialog()
    screen.getByRole('dialog', { name: `In the name of ${NAME}` })
    fill('Your own code', '403918')
    press('Confirm')
    await screen.findByText(/3 tries/)
    expect(told).toEqual([])
    fill('Your own code', CODE)
    press('Confirm')
    await waitFor(() => expect(told).toEqual(['taken']))
  })

  it('[IDE-252] [IDE-255] whoever has none chooses it there, twice alike and none that is easy', async () => {
    const told = dialog({ isNew: true })
    fill('Your own code', '123456')
    fill('The same digits once more', '123456')
    press('Confirm')
    screen.getByText(/easy to guess/)
    fill('Your own code', CODE)
    press('Confirm')
    screen.getByText(/codes differ/)
    fill('The same digits once more', CODE)
    press('Confirm')
    await waitFor(() => expect(told).toEqual(['taken']))
  })

  it('[IDE-255] after five wrong ones it asks for none, and says who helps', () => {
    dialog({ isLocked: true })
    screen.getByText(/five wrong codes/)
    expect(screen.queryByRole('button', { name: 'Confirm' })).toBeNull()
  })
})

describe('a request that the server wants the code for', () => {
  const input = { caseId: asId<CaseId>('caseAAAAAAAAAAAAAAAAAA'), deviceId: 'deviceAAAAAAAAAAAAAAAA', mine: true }

  function start() {
    const demand = createOwnCodeDemand()
    let known = false
    let times = 0
    server.on(`POST /api/cases/${input.caseId}/devices/${input.deviceId}/answer`, () => {
      times++
      return known ? ok({}) : refused(409, { kind: 'conflict', reason: 'identity/own-code-asked' })
    })
    const api = authorisedApi(server.tools.api, { freshToken: async () => ({ token: 't' }), ownCode: demand })
    return { demand, call: () => api.call(deviceAnswer, input), know: () => (known = true), times: () => times }
  }

  it('[IDE-255] is made once more after it, and asked about once however many wait', async () => {
    const { demand, call, know, times } = start()
    const both = Promise.all([call(), call()])
    await waitFor(() => expect(times()).toBe(2))
    await waitFor(() => expect(demand.state()).toMatchObject({ isNew: false, isLocked: false }))
    know()
    demand.state()?.answer(true)
    expect(await both).toEqual([{}, {}])
    expect(demand.state()).toBeUndefined()
    expect(times()).toBe(4)
  })

  it('[IDE-255] is not made where the code is not given', async () => {
    const { demand, call, times } = start()
    const one = call()
    await waitFor(() => expect(demand.state()).toBeDefined())
    demand.state()?.answer(false)
    await expect(one).rejects.toMatchObject({ problem: { reason: 'identity/own-code-asked' } })
    expect(times()).toBe(1)
  })
})
