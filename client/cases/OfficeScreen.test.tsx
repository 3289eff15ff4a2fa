// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, refused, TEST_NOW, type TestServer } from '#client/http/testing.ts'
import { renderSignedIn, signedInServer } from '#client/identity/testing/signed-in.tsx'
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
