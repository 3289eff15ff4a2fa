// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE, testId } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type MeetingId } from '#shared/kernel/ids.ts'
import { datesAnswered, datesProposed, meetingCancelled, meetingFixed, peopleRequired } from '#shared/scheduling/scheduling-protocol.ts'
import { DatesBoard } from './DatesBoard.tsx'
import { DatesToAnswer } from './DatesToAnswer.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const t = testTranslate('en')
const proposalId = testId<CommandId>('dates')
const times = [90_000_000, 180_000_000]
const proposal = { proposalId, times, zone: 'Asia/Almaty', minutes: 60 }
const api = { call: () => Promise.reject(new Error('not asked')), download: () => Promise.reject(new Error('not asked')) }

const proposed = () =>
  smallCase()
    .enter(AIGUL)
    .enter(PAVEL)
    .happen(datesProposed, 'case', proposal)
    .join(MED, 'mediators')
    .happen(peopleRequired, 'mediators', { proposalId, people: [AIGUL, PAVEL] })

describe('proposed times', () => {
  it('[PRE-2] are sent once each has an answer; "none" answers all, and words go with them', () => {
    const { sent } = renderCase(proposed(), AIGUL, <DatesToAnswer proposal={proposal} />)
    const send = () => screen.getByRole<HTMLButtonElement>('button', { name: t('scheduling.answer.send') })
    const [first] = screen.getAllByRole('radio', { name: t('scheduling.answer.yes') })
    if (first) fireEvent.click(first)
    expect(send().disabled).toBe(true)
    screen.getByText(t('scheduling.answer.missing'))
    fireEvent.click(screen.getByRole('button', { name: t('scheduling.answer.none') }))
    if (first) fireEvent.click(first)
    fireEvent.change(screen.getByRole('textbox'), { target: { value: ' тек кешке ' } })
    fireEvent.click(send())
    expect(sent).toMatchObject([{ name: 'dates:answer', input: { proposalId, answers: ['yes', 'no'], words: 'тек кешке' } }])
  })

  it('[UI-232] what was chosen and written and not sent comes back after a reload', () => {
    const device = memoryDeviceStorage()
    const open = () => {
      cleanup()
      const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
      void renderCase(proposed(), AIGUL, <DatesToAnswer proposal={proposal} />, { storage })
    }
    const chosen = () => screen.getAllByRole<HTMLInputElement>('radio', { name: t('scheduling.answer.yes') }).map(({ checked }) => checked)
    open()
    const second = screen.getAllByRole('radio', { name: t('scheduling.answer.yes') })[1]
    if (second) fireEvent.click(second)
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'тек кешке' } })
    open()
    expect(chosen()).toEqual([false, true])
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('тек кешке')
  })

  it('[PRE-2] say that the mediator has the answer only of the times that are asked', () => {
    const world = proposed().happen(datesAnswered, directAudience(AIGUL), { proposalId, answers: ['yes', 'no'] }, AIGUL)
    void renderCase(world, AIGUL, <DatesToAnswer proposal={proposal} />)
    const change = () => screen.queryByRole('button', { name: t('scheduling.answer.change') })
    expect(change()).not.toBeNull()
    cleanup()
    const other = { ...proposal, proposalId: testId<CommandId>('other') }
    void renderCase(world, AIGUL, <DatesToAnswer proposal={other} />)
    expect(change()).toBeNull()
  })

  it('[PRE-25] on the board say who cannot come only once they are asked, and which time suits those who are needed', () => {
    const world = proposed()
      .happen(datesAnswered, directAudience(AIGUL), { proposalId, answers: ['yes', 'no'] }, AIGUL)
      .happen(datesAnswered, directAudience(PAVEL), { proposalId, answers: ['maybe', 'yes'], words: 'после обеда' }, PAVEL)
    void renderCase(world, MED, <DatesBoard api={api} />)
    screen.getByText(t('scheduling.board.answered', { count: 2, all: 3 }))
    for (const hidden of ['после обеда', t('scheduling.board.no'), t('scheduling.board.suits')])
      expect(screen.queryByText(hidden)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: t('scheduling.board.show') }))
    screen.getByText('после обеда', { exact: false })
    expect(screen.getAllByText(t('scheduling.board.suits'))).toHaveLength(1)
    expect(screen.getAllByText(t('scheduling.board.open'))).toHaveLength(2)
  })
})

describe('a meeting on the board', () => {
  const meetingId = asId<MeetingId>('meeting'.padEnd(22, '_'))
  const fixed = { meetingId, sequence: 0, at: 90_000_000, zone: 'Asia/Almaty', minutes: 60, place: { kind: 'online' as const } }

  it('[PRE-4] is moved from what stands there, and cancelled; a cancelled one is ahead of nobody', () => {
    const world = smallCase().happen(meetingFixed, 'case', fixed)
    const { sent } = renderCase(world, MED, <DatesBoard api={api} />)
    fireEvent.click(screen.getByRole('button', { name: t('scheduling.board.move') }))
    fireEvent.click(screen.getByRole('button', { name: t('scheduling.fix.send') }))
    expect(sent).toMatchObject([
      { name: 'meeting:fix', input: { at: fixed.at, zone: fixed.zone, minutes: 60, seen: 1, place: { kind: 'online' } } },
    ])
    cleanup()
    void renderCase(world.happen(meetingCancelled, 'case', { meetingId }), MED, <DatesBoard api={api} />)
    expect(screen.queryByRole('button', { name: t('scheduling.board.cancel') })).toBeNull()
    screen.getByRole('button', { name: t('scheduling.board.fix-at-once') })
  })
})
