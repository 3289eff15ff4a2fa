// @vitest-environment jsdom

import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AIGUL, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { ConnectionLost } from '#client/realtime/connection.ts'
import { testId } from '#client/realtime/testing/history.ts'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { LiveRegion } from '#client/ui/feedback/LiveRegion.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { block } from '#shared/document/document-block.ts'
import { DRAFT_WIRE, type SavedState } from '#shared/drafting/draft-wire.ts'
import {
  deletionUndo,
  largeDeletion,
  restorationFailed,
  restorationRequested,
  textBeginAnew,
  textBringBack,
  textRestored,
} from '#shared/drafting/restoring-protocol.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { DeletionId, ParticipantId, RestorationId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { EarlierTexts } from './EarlierTexts.tsx'
import { RestoringNotices } from './RestoringNotices.tsx'
import { TextNews, ToldLine } from './TextNews.tsx'

const t = testTranslate('en')
const deletionId = testId<DeletionId>('deletion')
const STATES: readonly SavedState[] = [
  { revision: 3, at: Date.UTC(2026, 10, 26, 9, 30), cause: 'minutes', authors: [AIGUL] },
  { revision: 7, at: Date.UTC(2026, 10, 27, 9, 32), cause: 'deletion', authors: [AIGUL, PAVEL] },
  { revision: 9, at: Date.UTC(2026, 10, 27, 9, 40), cause: 'closing', authors: [] },
]

beforeAll(addDialog)
let roomy = true
beforeAll(() => {
  window.matchMedia = () => ({ matches: roomy, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
})
afterEach(() => {
  cleanup()
  roomy = true
})

/** A device in the room: what the log says can be changed, time passes when the test says so. */
class Device {
  readonly world: SmallCase = smallCase().enter(AIGUL).enter(PAVEL).join(AIGUL, 'all').join(PAVEL, 'all').happen(sessionStarted, 'case', {})
  readonly acts: { readonly name: string; readonly input: Record<string, unknown> }[] = []
  readonly due = new Set<() => void>()
  refuse: Problem | undefined
  offline = false
  states: readonly SavedState[] = STATES
  at = 0
  readonly #snapshot
  readonly #person: ParticipantId

  constructor(person: ParticipantId) {
    this.#person = person
    this.#snapshot = createStore(this.world.seenBy(person))
  }

  readonly client = partOfCase({
    caseId: testId('case'),
    store: {
      snapshot: () => this.#snapshot.state(),
      subscribe: (listener: () => void) => this.#snapshot.subscribe(listener),
    },
    connection: { ask: async (name: string, asked: { revision?: number }) => this.#answer(name, asked.revision) },
    timers: {
      after: (_milliseconds: number, run: () => void) => {
        this.due.add(run)
        return () => this.due.delete(run)
      },
    },
    now: () => this.at,
    act: async (definition: { name: string }, input: Record<string, unknown>) => {
      this.acts.push({ name: definition.name, input })
      return this.refuse ? { ok: false, problem: this.refuse } : { ok: true, value: { events: [] } }
    },
  }) // what these screens ask of a case

  #answer(name: string, revision: number | undefined) {
    if (this.offline) throw new ConnectionLost(name)
    if (this.refuse) return { ok: false, problem: this.refuse }
    if (name === DRAFT_WIRE.states) return { ok: true, value: { states: this.states } }
    return { ok: true, value: { blocks: [block('a', 'heading', 2, `Text ${revision}`), block('b', 'clause', 1, 'The debt is paid')] } }
  }

  async hears(change: (world: SmallCase) => void): Promise<void> {
    await act(async () => {
      change(this.world)
      this.#snapshot.set(this.world.seenBy(this.#person))
    })
  }
  async passes(milliseconds: number): Promise<void> {
    this.at += milliseconds
    await act(async () => {
      for (const run of [...this.due]) {
        this.due.delete(run)
        run()
      }
    })
  }
  /** The event's own time: small cases count a second for each. */
  async deletes(lines = 12): Promise<void> {
    await this.hears((world) => world.happen(largeDeletion, 'all', { deletionId, participantId: AIGUL, revision: 4, lines }, 'system'))
    this.at = this.timeOfLast()
  }
  timeOfLast(): number {
    const slices = this.#snapshot.state().audiences.get('all')?.slices as { 'draft-restoring': { deletions: readonly { at: number }[] } } // by its fold
    return slices['draft-restoring'].deletions.at(-1)?.at ?? 0
  }
  async undoes(by: ParticipantId): Promise<void> {
    const restorationId = testId<RestorationId>('undo')
    await this.hears((world) =>
      world.happen(restorationRequested, 'all', { way: 'undo-deletion', restorationId, revision: 4, deletionId }, by),
    )
  }
  async ends(restorationId: RestorationId, fault?: 'closed' | 'gone' | 'too-large'): Promise<void> {
    await this.hears((world) =>
      fault
        ? world.happen(restorationFailed, 'all', { restorationId, fault }, 'system')
        : world.happen(textRestored, 'all', { restorationId, revision: 12 }, 'system'),
    )
  }
}

function shown(person: ParticipantId, ui: React.ReactElement, locale: 'en' | 'ru' | 'kk' = 'en'): Device {
  const device = new Device(person)
  renderWithTexts(
    <CaseProvider client={device.client}>
      <LiveRegion>{ui}</LiveRegion>
    </CaseProvider>,
    { locale },
  )
  return device
}

const undoButton = () => screen.queryByRole('button', { name: t('drafting.told.undo') })

describe('the notices beside the text', () => {
  it('[DRA-170] say about how many lines, whose edit, and how long it can come back; other numbers give other words', async () => {
    const device = shown(PAVEL, <RestoringNotices />)
    await device.deletes()
    screen.getByText('About 12 lines were taken out of the text')
    screen.getByText(/By: Айгүл Серік\. .*60 s more/)
    await device.passes(12_000)
    screen.getByText(/48 s more/)
    await device.passes(48_000)
    expect(screen.queryByText(/taken out/)).toBeNull()
    expect(undoButton()).toBeNull()
    cleanup()
    const own = shown(AIGUL, <RestoringNotices />)
    await own.deletes(21)
    screen.getByText('About 21 lines were taken out of the text')
    screen.getByText(new RegExp(t('drafting.told.by.you')))
  })

  it('[DRA-171] a press asks once and changes no words; the log does', async () => {
    const device = shown(PAVEL, <RestoringNotices />)
    await device.deletes()
    undoButton()?.focus()
    fireEvent.click(undoButton() as HTMLElement)
    await waitFor(() => expect(device.acts).toEqual([{ name: deletionUndo.name, input: { deletionId } }]))
    screen.getByText('About 12 lines were taken out of the text')
    await device.undoes(AIGUL) // who was quicker
    screen.getByText(t('drafting.told.undo.asked'))
    expect(document.activeElement?.textContent).toContain(t('drafting.told.undo.asked'))
    expect(undoButton()).toBeNull()
    await device.ends(testId<RestorationId>('undo'))
    screen.getByText(t('drafting.told.undone'))
    screen.getByText(/Brought back at \d\d:\d\d: Айгүл Серік/)
    expect(screen.queryByRole('alert')).toBeNull()
    await device.passes(70_000)
    expect(screen.queryByText(t('drafting.told.undone'))).toBeNull()
  })

  it('[DRA-171] where it failed they say why and what to do', async () => {
    const device = shown(PAVEL, <RestoringNotices />)
    await device.deletes()
    await device.undoes(PAVEL)
    await device.ends(testId<RestorationId>('undo'), 'too-large')
    screen.getByText(t('drafting.told.undo.failed'))
    screen.getByText(new RegExp(t('drafting.told.fault.too-large')))
    expect(undoButton()).not.toBeNull()
    await device.passes(60_500)
    screen.getByText(`${t('drafting.told.fault.too-large')} ${t('drafting.told.then')}`)
    expect(undoButton()).toBeNull()
  })

  it('[DRA-171] a refusal of the press stands in its notice', async () => {
    const device = shown(PAVEL, <RestoringNotices />)
    await device.deletes()
    device.refuse = { kind: 'conflict', reason: 'drafting/undo-too-late' }
    fireEvent.click(undoButton() as HTMLElement)
    await device.passes(61_000) // and is not lost with the minute
    expect((await screen.findByRole('alert')).textContent).toBe(t('drafting.reason.undo-too-late'))
    expect(undoButton()).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: t('ui.close') }))
    expect(screen.queryByText(/taken out/)).toBeNull()
  })

  it('[DRA-175] who brought a text back or began it anew, until it was read', async () => {
    const device = shown(PAVEL, <RestoringNotices />)
    const restorationId = testId<RestorationId>('r')
    await device.hears((world) => world.happen(restorationRequested, 'all', { way: 'begin-anew', restorationId, revision: 4 }, MED))
    screen.getByText(t('drafting.told.begin-anew.asked'))
    await device.ends(restorationId)
    screen.getByText(t('drafting.told.begin-anew'))
    screen.getByText(/Ерлан Омаров.*copying/)
    fireEvent.click(screen.getByRole('button', { name: t('ui.close') }))
    expect(screen.queryByText(t('drafting.told.begin-anew'))).toBeNull()
  })
})

describe('where the text is not in view', () => {
  it('[DRA-172] a short line has the undo and the way to the text; it is spoken once, without the seconds and without the focus', async () => {
    roomy = false
    let opened = 0
    const device = shown(PAVEL, <TextNews shown="beside" onShow={() => opened++} />)
    const before = document.activeElement
    await device.deletes()
    const voice = screen.getByRole('status')
    expect(voice.textContent).toBe('About 12 lines were taken out of the text. By: Айгүл Серік. It can be brought back within a minute.')
    const said = voice.firstChild
    await device.passes(5_000)
    expect(voice.firstChild).toBe(said)
    expect(document.activeElement).toBe(before)
    expect(undoButton()).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: t('drafting.told.show') }))
    expect(opened).toBe(1)
    await device.undoes(MED)
    await device.ends(testId<RestorationId>('undo'))
    expect(voice.textContent).toMatch(/^What was taken out is in the text again\. Brought back at .*Ерлан Омаров/)
  })

  it('[DRA-172] beside the text, or over it on a phone, it is spoken and not drawn twice', async () => {
    const beside = shown(PAVEL, <TextNews shown="beside" onShow={() => undefined} />)
    await beside.deletes()
    expect(undoButton()).toBeNull()
    expect(screen.getByRole('status').textContent).toContain('About 12 lines')
    cleanup()
    const onBoard = shown(MED, <TextNews shown="never" onShow={() => undefined} />)
    await onBoard.deletes()
    expect(undoButton()).not.toBeNull()
  })

  it('[DRA-172] a line of the talk says what, when and by whom, in each language', () => {
    const at = Date.UTC(2026, 10, 27, 9, 32)
    const deletion = { deletionId, participantId: AIGUL, revision: 4, lines: 5, at, undoneBy: undefined }
    const restorationId = testId<RestorationId>('r')
    const ended = { restorationId, revision: 4, deletionId, by: AIGUL, at, endedAt: at, outcome: { revision: 9 } }
    for (const locale of LOCALES) {
      const lines = [
        <ToldLine key="a" deletion={deletion} />,
        ...(['undo-deletion', 'bring-back', 'begin-anew'] as const).map((way) => <ToldLine key={way} restoration={{ ...ended, way }} />),
      ]
      const said = lines.map((line) => {
        shown(PAVEL, <p data-testid="line">{line}</p>, locale)
        const words = screen.getByTestId('line').textContent
        cleanup()
        return words
      })
      for (const words of said) expect(words).toMatch(/^14:32 · .*Айгүл Серік$/)
      expect(new Set(said).size).toBe(4)
    }
  })
})

describe('earlier texts', () => {
  const dialog = () => screen.getByRole('dialog', { name: t('drafting.earlier.open') })
  const entries = () =>
    within(dialog())
      .getAllByRole('button')
      .filter((each) => each.className === 'draft-earlier-state')
  const opened = (device = shown(MED, <EarlierTexts onClose={() => closed++} />)) => device
  let closed = 0

  it('[DRA-173] stand by day and time, the newest first, with why and who; the one that is chosen is read', async () => {
    opened()
    await screen.findAllByRole('listitem')
    expect(entries().map(({ textContent }) => textContent)).toEqual([
      `14:40 ${t('drafting.earlier.cause.closing')}`,
      `14:32 ${t('drafting.earlier.cause.deletion')}Wrote: Айгүл Серік and Павел Ким`,
      `14:30 ${t('drafting.earlier.cause.minutes')}Wrote: Айгүл Серік`,
    ])
    expect(within(dialog()).getAllByRole('heading', { level: 3 })).toHaveLength(2)
    entries()[0]?.focus()
    fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(entries()[1])
    expect(screen.queryByRole('button', { name: t('drafting.earlier.bring') })).toBeNull()
    fireEvent.click(entries()[1] as HTMLElement)
    await screen.findByRole('heading', { name: 'Text 7' })
    screen.getByText('The debt is paid')
    screen.getByText(t('drafting.earlier.bring.what'))
    fireEvent.click(screen.getByRole('button', { name: t('drafting.earlier.back') }))
    expect(document.activeElement).toBe(entries()[1])
  })

  it('[DRA-173] say when there are none, and when they cannot be fetched, with another try', async () => {
    const device = new Device(MED)
    device.offline = true
    renderWithTexts(
      <CaseProvider client={device.client}>
        <EarlierTexts onClose={() => undefined} />
      </CaseProvider>,
    )
    await screen.findByText(t('ui.problem.offline-title'))
    device.offline = false
    device.states = []
    fireEvent.click(screen.getByRole('button', { name: t('ui.retry') }))
    await screen.findByText(t('drafting.earlier.empty'))
  })

  it('[DRA-174] brought back: under way until the log says that it is done', async () => {
    closed = 0
    const device = opened()
    await screen.findAllByRole('listitem')
    fireEvent.click(entries()[1] as HTMLElement)
    const bring = await screen.findByRole('button', { name: t('drafting.earlier.bring') })
    fireEvent.click(bring)
    await waitFor(() => expect(bring.getAttribute('aria-busy')).toBe('true'))
    screen.getByText(t('drafting.told.bring-back.asked'))
    const { name, input } = device.acts[0] ?? {}
    expect([name, input?.revision]).toEqual([textBringBack.name, 7])
    const restorationId = input?.restorationId as RestorationId // as it was asked for
    await device.hears((world) => world.happen(restorationRequested, 'all', { way: 'bring-back', restorationId, revision: 7 }, MED))
    expect(closed).toBe(0)
    await device.ends(restorationId)
    expect(closed).toBe(1)
  })

  it('[DRA-174] begun anew only after it was asked once, and a failure stands where it was asked for', async () => {
    closed = 0
    const device = opened()
    await screen.findAllByRole('listitem')
    fireEvent.click(entries()[2] as HTMLElement)
    fireEvent.click(await screen.findByRole('button', { name: t('drafting.earlier.anew') }))
    expect(device.acts).toEqual([])
    screen.getByText(t('drafting.earlier.anew.unsent'))
    fireEvent.click(screen.getByRole('button', { name: t('drafting.earlier.anew.not') }))
    fireEvent.click(await screen.findByRole('button', { name: t('drafting.earlier.anew') }))
    fireEvent.click(screen.getByRole('button', { name: t('drafting.earlier.anew.do') }))
    await waitFor(() => expect(device.acts.map(({ name }) => name)).toEqual([textBeginAnew.name]))
    const restorationId = device.acts[0]?.input.restorationId as RestorationId // as it was asked for
    await device.hears((world) => world.happen(restorationRequested, 'all', { way: 'begin-anew', restorationId, revision: 3 }, MED))
    await device.ends(restorationId, 'gone')
    screen.getByText(t('drafting.told.fault.gone'))
    expect(closed).toBe(0)
  })

  it('[DRA-174] wait while another text is being brought back', async () => {
    const device = opened()
    await screen.findAllByRole('listitem')
    fireEvent.click(entries()[0] as HTMLElement)
    await device.deletes()
    await device.undoes(PAVEL)
    screen.getByText(t('drafting.earlier.another'))
    expect((screen.getByRole('button', { name: t('drafting.earlier.bring') }) as HTMLButtonElement).disabled).toBe(true)
    await device.ends(testId<RestorationId>('undo'))
    expect((screen.getByRole('button', { name: t('drafting.earlier.bring') }) as HTMLButtonElement).disabled).toBe(false)
  })
})
