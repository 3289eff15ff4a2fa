// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { asId, type TaskId } from '#shared/kernel/ids.ts'
import { estimateGiven } from '#shared/waiting/estimate-protocol.ts'
import { type Task, taskAnswered, taskGiven } from '#shared/waiting/task-protocol.ts'
import { estimateWords, typedEstimate } from './estimate-time.ts'
import { WaitingBanner } from './WaitingBanner.tsx'
import { WaitingBoard } from './WaitingBoard.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const t = testTranslate('en')
const MINUTE = 60_000
const DAY = 86_400_000
/** 14:00 of Kazakhstan. */
const NOON = Date.parse('2026-11-29T09:00:00Z')
const mine = sideAudience(BEREKE)
const taskId = asId<TaskId>('task'.padEnd(22, '_'))
const RANK: Task = { kind: 'rank', topics: ['Payment', 'Term', 'Fine'] }
const button = (name: string) => screen.getByRole('button', { name })
const inside = () => smallCase().enter(AIGUL).happen(sessionStarted, 'case', {}).join(AIGUL, 'all', mine).join(MED, mine)
const strip = <WaitingBanner notes={<p>own notes</p>} onText={undefined} />

describe('the time', () => {
  it('[WAI-4] is typed as hours and minutes here; one that has passed is tomorrow’s only if that is said', () => {
    const table: readonly [string, boolean, ReturnType<typeof typedEstimate>][] = [
      ['14:20', false, { at: NOON + 20 * MINUTE }],
      ['14:00', false, { fault: 'past' }],
      ['00:20', false, { fault: 'past' }],
      ['00:20', true, { at: NOON + 620 * MINUTE }],
      ['14:00', true, { at: NOON + DAY }],
      ['14:01', true, { fault: 'too-far' }],
      ['', false, { fault: 'missing' }],
      ['14', true, { fault: 'missing' }],
    ]
    for (const [time, tomorrow, expected] of table) expect([time, typedEstimate(time, tomorrow, NOON)]).toEqual([time, expected])
  })

  it('[WAI-3] is said until it has passed; from then on the words bear no number', () => {
    const f = { time: (at: number) => new Date(at + 5 * 60 * MINUTE).toISOString().slice(11, 16) }
    const words = (now: number) => estimateWords(NOON, now, { t, f })
    expect(words(NOON - 1)).toBe(t('waiting.estimate.by', { time: '14:00' }))
    expect(words(NOON - DAY)).toBe(t('waiting.estimate.by-day', { time: '14:00' }))
    for (const late of [0, 1, 40 * MINUTE, DAY]) expect(words(NOON + late)).toBe(t('waiting.estimate.passed'))
    expect(t('waiting.estimate.passed')).not.toMatch(/\d/)
  })

  it('[WAI-3] changes on the screen by the clock alone, without an event', async () => {
    const { timePasses } = renderCase(inside().happen(estimateGiven, 'case', { at: 10_000_000 + MINUTE }), AIGUL, strip)
    expect(screen.queryByText(t('waiting.estimate.passed'))).toBeNull()
    await timePasses(2 * MINUTE)
    screen.getByText(t('waiting.estimate.passed'))
  })

  it('[WAI-22] [WAI-4] is told on the board, with the words that will be read; the mediator learns there that it has passed', () => {
    const { sent } = renderCase(inside(), MED, <WaitingBoard />)
    const tell = () => screen.getByRole<HTMLButtonElement>('button', { name: t('waiting.board.tell') })
    expect(tell().disabled).toBe(true)
    screen.getByText(t('waiting.board.time-first'))
    fireEvent.change(screen.getByLabelText(t('waiting.board.time')), { target: { value: '23:59' } })
    fireEvent.click(tell())
    expect(sent).toMatchObject([{ name: 'estimate:give' }])
    expect(screen.queryByText(t('waiting.board.time-first'))).toBeNull()
    cleanup()
    void renderCase(inside().happen(estimateGiven, 'case', { at: 1 }), MED, <WaitingBoard />)
    screen.getByText(t('waiting.board.read-now', { words: t('waiting.estimate.passed') }))
  })
})

describe('while one waits', () => {
  it('[WAI-21] holds the time, the tasks, one’s own notes and the call for the mediator', () => {
    const world = inside().happen(estimateGiven, 'case', { at: 1 }).happen(taskGiven, mine, { taskId, task: RANK })
    void renderCase(world, AIGUL, strip)
    screen.getByText(t('waiting.task.given'))
    fireEvent.click(button(t('waiting.open')))
    screen.getByText(t('waiting.task.rank'))
    screen.getByText('own notes')
    button(t('caucus.call.button'))
  })

  it('[WAI-15] an order is made with buttons; focus stays with what moved, and the move is said', () => {
    const { sent } = renderCase(inside().happen(taskGiven, mine, { taskId, task: RANK }), AIGUL, strip)
    fireEvent.click(button(t('waiting.open')))
    const up = button(t('waiting.task.up', { topic: 'Fine' }))
    fireEvent.click(up)
    screen.getByText(t('waiting.task.moved', { topic: 'Fine', place: 2 }))
    expect(document.activeElement).toBe(button(t('waiting.task.up', { topic: 'Fine' })))
    fireEvent.click(button(t('waiting.task.up', { topic: 'Fine' })))
    fireEvent.click(button(t('waiting.task.up', { topic: 'Fine' })))
    fireEvent.click(button(t('waiting.task.send')))
    expect(sent).toMatchObject([{ name: 'task:answer', input: { sideId: BEREKE, taskId, answer: { kind: 'rank', order: [2, 0, 1] } } }])
  })

  it('[WAI-14] whoever reads an answer is named, as the room has it now', async () => {
    const world = inside().happen(taskGiven, mine, { taskId, task: { kind: 'write', ask: 'Why?' } })
    const { told } = renderCase(world, AIGUL, strip)
    fireEvent.click(button(t('waiting.open')))
    const readers = () => screen.getByText(t('waiting.task.readers', { names: '' }).trim(), { exact: false }).textContent
    expect(readers()).toContain('Ерлан Омаров')
    expect(readers()).not.toContain('Павел Ким')
    world.join(PAVEL, mine)
    await told()
    expect(readers()).toContain('Павел Ким')
  })

  it('[UI-232] an answer that was not sent comes back after a reload, is let go of once the server has it, and goes with the case', async () => {
    const device = memoryDeviceStorage()
    const open = (world: ReturnType<typeof inside>) => {
      cleanup()
      const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
      const shown = renderCase(world, AIGUL, strip, { storage, answer: () => ({ ok: true, value: { at: [] } }) })
      fireEvent.click(button(t('waiting.open')))
      return { storage, ...shown }
    }
    const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t('waiting.task.answer') })
    const world = inside().happen(taskGiven, mine, { taskId, task: { kind: 'write', ask: 'How many tonnes?' } })
    open(world)
    fireEvent.change(field(), { target: { value: 'Forty' } })
    const { sent } = open(world)
    expect(field().value).toBe('Forty')
    fireEvent.click(button(t('waiting.task.send')))
    expect(sent).toMatchObject([{ name: 'task:answer', input: { answer: { kind: 'write', text: 'Forty' } } }])
    await expect.poll(() => device.keys('bitim:').filter((key) => key.includes('unsent'))).toEqual([])

    world.happen(taskAnswered, mine, { taskId, answer: { kind: 'write', text: 'Forty' } }, AIGUL)
    open(world)
    fireEvent.change(field(), { target: { value: 'Fifty' } })
    const { storage } = open(world)
    expect(field().value).toBe('Fifty')
    storage.wipe()
    expect(device.keys('bitim:')).toEqual([])
  })

  it('[UI-232] an order that was not sent comes back', () => {
    const device = memoryDeviceStorage()
    const open = () => {
      cleanup()
      const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
      void renderCase(inside().happen(taskGiven, mine, { taskId, task: RANK }), AIGUL, strip, { storage })
      fireEvent.click(button(t('waiting.open')))
    }
    open()
    fireEvent.click(button(t('waiting.task.down', { topic: 'Payment' })))
    open()
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Term'),
      expect.stringContaining('Payment'),
      expect.stringContaining('Fine'),
    ])
  })

  it('[WAI-13] no answer is on the mediator’s page before it is asked for', () => {
    const world = inside()
      .happen(taskGiven, mine, { taskId, task: { kind: 'write', ask: 'Why?' } })
      .happen(taskAnswered, mine, { taskId, answer: { kind: 'write', text: 'my own reason' } }, AIGUL)
      .happen(taskAnswered, mine, { taskId, answer: { kind: 'write', text: 'another reason' } }, MARIA)
    void renderCase(world, MED, <WaitingBoard />)
    expect([screen.queryByText('my own reason'), screen.queryByText('Why?')]).toEqual([null, null])
    screen.getByText(t('waiting.board.answered', { count: 2 }), { exact: false })
    fireEvent.click(button(t('waiting.board.show')))
    screen.getByText('my own reason')
    screen.getByText('another reason')
    fireEvent.click(button(t('waiting.board.hide')))
    expect(screen.queryByText('my own reason')).toBeNull()
  })
})
