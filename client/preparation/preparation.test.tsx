// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { safetyAnswered } from '#shared/preparation/safety-protocol.ts'
import { statementAllowed, statementFrozen, statementWritten } from '#shared/preparation/statement-protocol.ts'
import { procedureChanged } from '#shared/rooms/procedure-protocol.ts'
import { ProcedureForm } from './ProcedureForm.tsx'
import { SafetyNote } from './SafetyNote.tsx'
import { SafetyQuestions } from './SafetyQuestions.tsx'
import { StatementForm } from './StatementForm.tsx'
import { StatementsBoard } from './StatementsBoard.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const t = testTranslate('en')
const WORDS = 'Поставка оплачена не вся'
const mine = directAudience(AIGUL)
const written = () => smallCase().enter(AIGUL).happen(statementWritten, mine, { part: 'all', text: WORDS }, AIGUL)
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t('preparation.statement.all') })
const says = (id: Parameters<typeof t>[0]) => screen.queryByText(t(id)) !== null

describe('one’s own statement', () => {
  it('[PRE-24] says that it is unsent where it is, and where it lies; it comes back from there, and goes with the case', () => {
    const device = memoryDeviceStorage()
    const storage = () => createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
    const { sent } = renderCase(smallCase().enter(AIGUL), AIGUL, <StatementForm />, { storage: storage() })
    fireEvent.change(field(), { target: { value: WORDS } })
    expect([says('preparation.statement.unsent-kept'), says('preparation.statement.unsent')]).toEqual([true, false])
    expect(sent).toEqual([])
    cleanup()
    void renderCase(smallCase().enter(AIGUL), AIGUL, <StatementForm />, { storage: storage() })
    expect(field().value).toBe(WORDS)
    storage().wipe()
    expect(device.keys('bitim:')).toEqual([])
    cleanup()
    void renderCase(smallCase().enter(AIGUL), AIGUL, <StatementForm />)
    fireEvent.change(field(), { target: { value: WORDS } })
    expect(says('preparation.statement.unsent')).toBe(true)
  })

  it('[PRE-24] says who reads it: the mediator, whoever it may be shown to, all', async () => {
    const world = written()
    const { sent, told } = renderCase(world, AIGUL, <StatementForm />)
    expect(says('preparation.statement.is-private')).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: t('preparation.statement.allow') }))
    expect(sent).toMatchObject([{ name: 'statement:allow', input: { allowed: true, written: 1 } }])
    world.happen(statementAllowed, mine, { allowed: true }, AIGUL)
    await told()
    expect([says('preparation.statement.is-private'), says('preparation.statement.is-allowed')]).toEqual([false, true])
    world.happen(statementWritten, mine, { part: 'all', text: 'другие слова' }, AIGUL)
    await told()
    expect([says('preparation.statement.is-private'), says('preparation.statement.is-allowed')]).toEqual([true, false])
    world.happen(statementFrozen, mine, {})
    await told()
    expect(screen.queryByRole('textbox', { name: t('preparation.statement.all') })).toBeNull()
    expect(screen.getByText(/Shown to all/)).toBeTruthy()
  })
})

describe('what is asked alone', () => {
  it('[PRE-32] [PRE-30] shows no question before one is alone, none afterwards, and sends what was not left open', async () => {
    const world = smallCase().enter(AIGUL)
    const { sent, told } = renderCase(world, AIGUL, <SafetyQuestions />)
    expect(says('preparation.safety.afraid')).toBe(false)
    fireEvent.click(screen.getByRole('button', { name: t('preparation.safety.alone-no') }))
    expect([says('preparation.safety.afraid'), says('preparation.safety.later')]).toEqual([false, true])
    fireEvent.click(screen.getByRole('button', { name: t('preparation.safety.alone-yes') }))
    expect(screen.getAllByRole('group')).toHaveLength(3)
    fireEvent.click(screen.getByRole('radio', { name: t('preparation.safety.need.interpreter') }))
    fireEvent.click(screen.getByRole('button', { name: t('preparation.safety.send') }))
    expect(sent).toMatchObject([{ name: 'safety:answer', input: { need: 'interpreter' } }])
    expect(Object.keys(sent[0]?.input as object)).toEqual(['need'])
    cleanup()
    world.happen(safetyAnswered, mine, { afraid: 'yes' }, AIGUL)
    void renderCase(world, AIGUL, <SafetyQuestions />)
    expect(says('preparation.safety.afraid')).toBe(false)
    expect(screen.queryByRole('radio')).toBeNull()
    await told()
  })
})

describe('on the mediator’s board', () => {
  it('[PRE-25] nothing of an answer is on the page before it is asked for; what was left open is said to be', () => {
    const world = smallCase().enter(AIGUL).happen(safetyAnswered, mine, { speak: 'no' }, AIGUL)
    void renderCase(world, MED, <SafetyNote person={AIGUL} />)
    expect(screen.queryByText(t('preparation.safety.speak.no'))).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: t('preparation.note.show') }))
    screen.getByText(t('preparation.safety.speak.no'))
    expect(screen.getAllByText(t('preparation.note.skipped'))).toHaveLength(2)
    cleanup()
    void renderCase(world, MED, <SafetyNote person={PAVEL} />)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('[PRE-25] [PRE-22] accounts are veiled, stand as claims, and only what is allowed is offered to be shown', () => {
    const world = written()
    void renderCase(world, MED, <StatementsBoard />)
    expect(screen.queryByText(WORDS)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: t('preparation.board.show') }))
    screen.getByText(WORDS)
    screen.getByText(t('preparation.board.says', { name: 'Айгүл Серік' }))
    screen.getByText(t('preparation.board.not-yet'))
    world.happen(sessionStarted, 'case', {})
    const offered = () => {
      cleanup()
      void renderCase(world, MED, <StatementsBoard />)
      return screen.queryByRole('button', { name: t('preparation.board.show-all') }) !== null
    }
    expect(offered()).toBe(false)
    world.happen(statementAllowed, mine, { allowed: true }, AIGUL)
    expect(offered()).toBe(true)
    world.happen(statementFrozen, mine, {})
    expect(offered()).toBe(false)
  })

  it('[PRE-41] that talks are held apart is not offered once somebody of a side is in the joint room', () => {
    const world = smallCase().enter(AIGUL)
    const box = () => screen.queryByRole('checkbox', { name: t('preparation.procedure.caucusOnly') })
    const { sent } = renderCase(world, MED, <ProcedureForm />)
    const apart = box()
    if (apart) fireEvent.click(apart)
    fireEvent.click(screen.getByRole('button', { name: t('preparation.procedure.send') }))
    expect(sent).toMatchObject([{ name: 'procedure:set', input: { caucusOnly: true, noVideo: false, breaks: false, interpreter: false } }])
    cleanup()
    void renderCase(world.join(AIGUL, 'all'), MED, <ProcedureForm />)
    expect(box()).toBeNull()
    screen.getByText(t('preparation.procedure.begun'))
    cleanup()
    const set = { caucusOnly: false, noVideo: true, breaks: false, interpreter: false }
    void renderCase(world.happen(procedureChanged, 'case', set), MED, <ProcedureForm />)
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: t('preparation.procedure.noVideo') }).checked).toBe(true)
  })
})
