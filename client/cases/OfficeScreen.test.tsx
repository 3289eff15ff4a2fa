// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, refused, TEST_NOW, type TestServer } from '#client/http/testing.ts'
import { renderSignedIn, signedInServer } from '#client/identity/testing/signed-in.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import type { CaseSummary } from '#shared/cases/case-routes.ts'
import { OfficeScreen } from './OfficeScreen.tsx'

const summary = (title: string, phase: CaseSummary['phase'] = 'mediating') => ({
  ...{ caseId: title.padEnd(22, 'A'), title, category: 'supply', openedAt: TEST_NOW, sides: ['A', 'B'], phase, inSession: false },
  mediatorParticipantId: 'mediatorAAAAAAAAAAAAAA',
})

let server: TestServer
beforeEach(() => {
  server = signedInServer()
  server.on('GET /api/cases?state=running', () => ok({ cases: [summary('one'), summary('two')], more: '5.two' }))
  server.on('GET /api/cases?state=closed', () => ok({ cases: [summary('ended', 'closed')] }))
  server.on('GET /api/unfinished-cases', () => ok({ unfinished: [] }))
})
afterEach(cleanup)

const show = () => renderSignedIn(server, <OfficeScreen />)
const titles = () => screen.getAllByRole('article').map((each) => each.querySelector('a')?.textContent)
const more = () => screen.findByRole('button', { name: 'Show more' })

describe('[CAS-20] the list of cases on the screen', () => {
  it('[CAS-20] shows a page of those at work and of those that are closed, and the next one when it is asked for', async () => {
    show()
    const button = await more()
    expect(titles()).toEqual(['one', 'two', 'ended'])
    server.on('GET /api/cases?state=running&after=5.two', () => ok({ cases: [summary('three')] }))
    fireEvent.click(button)
    await waitFor(() => expect(titles()).toEqual(['one', 'two', 'three', 'ended']))
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('[LOG-82] says that the list is being made, and from when on it is worth asking again', async () => {
    const problem = { kind: 'unavailable', reason: 'cases/list-being-made', details: { seconds: 10 } } as const
    server.on('GET /api/cases?state=running', () => refused(503, problem))
    show()
    expect(await screen.findByText(/being made anew/)).toBeTruthy()
    expect(await screen.findByRole('button', { name: /10/ })).toHaveProperty('disabled', true)
  })

  it('[CAS-20] keeps what it shows when the next page cannot be fetched, and tries again', async () => {
    show()
    server.on('GET /api/cases?state=running&after=5.two', () => refused(503, { kind: 'unavailable' }))
    fireEvent.click(await more())
    const again = await screen.findByRole('button', { name: 'Try again' })
    expect(titles()).toEqual(['one', 'two', 'ended'])
    server.on('GET /api/cases?state=running&after=5.two', () => ok({ cases: [summary('three')] }))
    fireEvent.click(again)
    await waitFor(() => expect(titles()).toEqual(['one', 'two', 'three', 'ended']))
  })

  it('[CAS-20] says that there are none only when there are none of either kind', async () => {
    server.on('GET /api/cases?state=running', () => ok({ cases: [] }))
    show()
    await screen.findByText('Finished cases')
    expect(screen.queryByText('No cases yet')).toBeNull()
    cleanup()
    server.on('GET /api/cases?state=closed', () => ok({ cases: [] }))
    show()
    await screen.findByText('No cases yet')
  })
})

describe('[JOI-40] half-filled forms under the cases', () => {
  const LINES = [
    { id: 'unfinishedAAAAAAAAAAAA', title: 'Bereke', sides: ['A', ''], savedAt: TEST_NOW },
    { id: 'unfinishedBBBBBBBBBBBB', title: ' ', sides: ['', 'Pavel'], savedAt: TEST_NOW },
    { id: 'unfinishedCCCCCCCCCCCC', title: '', sides: ['', ''], savedAt: TEST_NOW },
  ]

  it('[JOI-40] are listed by what is known of them, also when there is no case yet, and deleted only on purpose', async () => {
    addDialog()
    server.on('GET /api/cases?state=running', () => ok({ cases: [] }))
    server.on('GET /api/cases?state=closed', () => ok({ cases: [] }))
    let lines = LINES
    server.on('GET /api/unfinished-cases', () => ok({ unfinished: lines }))
    show()
    await screen.findByText('Not opened yet')
    expect(screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)).toEqual(['Bereke', 'Pavel', 'Without a name'])
    expect(screen.queryByText('No cases yet')).toBeNull()
    expect(screen.getByRole('link', { name: 'Bereke' }).getAttribute('href')).toBe('/office/new/unfinishedAAAAAAAAAAAA')
    const removal = 'DELETE /api/unfinished-cases/unfinishedAAAAAAAAAAAA'
    server.on(removal, () => {
      lines = LINES.slice(1)
      return ok({})
    })
    fireEvent.click(screen.getByRole('button', { name: 'Bereke: more' }))
    fireEvent.click(screen.getByText('Delete'))
    await screen.findByText('Delete what you have typed?')
    expect(server.asked.some(({ line }) => line === removal)).toBe(false)
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByText('Bereke')).toBeNull())
  })
})
