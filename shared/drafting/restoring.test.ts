import { describe, expect, it } from 'vitest'
import { sessionEnded } from '#shared/cases/case-protocol.ts'
import { asId, type DeletionId, type RestorationId } from '#shared/kernel/ids.ts'
import type { Decision } from '#shared/log/decide.ts'
import { requestFreezeRule } from './decide-freeze.ts'
import { beginAnewRule, bringBackRule, finishRestorationRule, reportDeletionRule, undoDeletionRule } from './decide-restoring.ts'
import { freezeRequested, readyGiven } from './drafting-protocol.ts'
import { largeDeletion, restorationFailed, restorationRequested, textRestored, UNDO_DELETION_MS } from './restoring-protocol.ts'
import { restoringFold } from './restoring-state.ts'
import { AIGUL, History, LAWYER, MEDIATOR, PAVEL, said, VERSION } from './testing/draft-history.ts'

const RESTORATION = asId<RestorationId>('restoration'.padEnd(22, '0'))
const SECOND = asId<RestorationId>('second'.padEnd(22, '0'))
const DELETION = asId<DeletionId>('deletion'.padEnd(22, '0'))
const deletion = { deletionId: DELETION, participantId: PAVEL, revision: 7, lines: 12 }
const wanted = { restorationId: RESTORATION, revision: 7 }

const open = () => new History(AIGUL, PAVEL)
const asked = () => open().add('all', restorationRequested, { way: 'bring-back', ...wanted })
const erased = () => open().add('all', largeDeletion, deletion)
const undoing = () =>
  erased().add('all', restorationRequested, { way: 'undo-deletion', restorationId: DELETION, revision: 7, deletionId: DELETION }, AIGUL)
const undo = (history: History, who = AIGUL, now?: number) => history.ask(undoDeletionRule, who, { deletionId: DELETION }, undefined, now)

describe('bringing a saved state back, or beginning anew from it', () => {
  it.each<[string, () => Decision, string]>([
    ['the mediator', () => open().ask(bringBackRule, MEDIATOR, wanted), 'draft:restoration-requested→all'],
    ['anew', () => open().ask(beginAnewRule, MEDIATOR, wanted), 'draft:restoration-requested→all'],
    ['a side', () => open().ask(bringBackRule, AIGUL, wanted), 'forbidden'],
    ['a side, anew', () => open().ask(beginAnewRule, AIGUL, wanted), 'forbidden'],
    ['somebody who waits outside', () => open().ask(bringBackRule, LAWYER, wanted), 'not-found'],
    ['a state that is not there', () => open().ask(bringBackRule, MEDIATOR, { ...wanted, revision: 4 }), 'conflict drafting/state-gone'],
    ['asked again', () => asked().ask(bringBackRule, MEDIATOR, wanted), 'nothing'],
    ['asked again when it is done', () => asked().add('all', textRestored, wanted).ask(bringBackRule, MEDIATOR, wanted), 'nothing'],
    [
      'another while one is under way',
      () => asked().ask(beginAnewRule, MEDIATOR, { ...wanted, restorationId: SECOND }),
      'conflict drafting/restoring',
    ],
    ['after the session', () => open().add('case', sessionEnded, {}).ask(bringBackRule, MEDIATOR, wanted), 'conflict drafting/no-session'],
    [
      'while it is being closed',
      () => open().add('all', freezeRequested, { versionId: VERSION, revision: 7 }).ask(beginAnewRule, MEDIATOR, wanted),
      'conflict drafting/closed',
    ],
  ])('[DRA-150] %s', (_, decide, expected) => {
    expect(said(decide())).toBe(expected)
  })
})

describe('undoing a large deletion', () => {
  it.each<[string, () => Decision, string]>([
    ['the other side', () => undo(erased()), 'draft:restoration-requested→all'],
    ['who has deleted', () => undo(erased(), PAVEL), 'draft:restoration-requested→all'],
    ['the mediator', () => undo(erased(), MEDIATOR), 'draft:restoration-requested→all'],
    ['somebody who waits outside', () => undo(erased(), LAWYER), 'not-found'],
    ['within its minute', () => undo(erased(), AIGUL, 1000 + UNDO_DELETION_MS), 'draft:restoration-requested→all'],
    ['when the minute is over', () => undo(erased(), AIGUL, 7000 + UNDO_DELETION_MS), 'conflict drafting/undo-too-late'],
    ['one that nobody has heard of', () => undo(open()), 'conflict drafting/undo-too-late'],
    ['whoever presses second', () => undo(undoing(), PAVEL), 'nothing'],
    [
      'whoever presses when it is back',
      () => undo(undoing().add('all', textRestored, { restorationId: DELETION, revision: 9 })),
      'nothing',
    ],
    [
      'again, when it could not be undone',
      () => undo(undoing().add('all', restorationFailed, { restorationId: DELETION, fault: 'closed' })),
      'draft:restoration-requested→all',
    ],
    ['while another text comes back', () => undo(asked().add('all', largeDeletion, deletion)), 'conflict drafting/restoring'],
    [
      'in a text that was begun anew since',
      () => {
        const anew = erased().add('all', restorationRequested, { way: 'begin-anew', ...wanted }, MEDIATOR)
        return undo(anew.add('all', textRestored, { restorationId: RESTORATION, revision: 9 }))
      },
      'conflict drafting/begun-anew',
    ],
    ['in a closed text', () => undo(erased().add('all', freezeRequested, { versionId: VERSION, revision: 7 })), 'conflict drafting/closed'],
  ])('[DRA-151] %s', (_, decide, expected) => {
    expect(said(decide())).toBe(expected)
  })
})

describe('what the log tells of it', () => {
  it('[DRA-152] a deletion and the end of a restoration are told once, and no person can tell them', () => {
    expect(said(open().ask(reportDeletionRule, 'system', deletion))).toBe('draft:large-deletion→all')
    expect(said(erased().ask(reportDeletionRule, 'system', deletion))).toBe('nothing')
    const seenElsewhere = { ...deletion, deletionId: asId<DeletionId>('another'.padEnd(22, '0')), revision: 9 }
    const told = erased()
    const at = told.all.state(restoringFold, 'all')?.deletions[0]?.at ?? 0
    expect(said(told.ask(reportDeletionRule, 'system', seenElsewhere, undefined, at + 2_000))).toBe('nothing')
    expect(said(told.ask(reportDeletionRule, 'system', seenElsewhere, undefined, at + 10_000))).toBe('draft:large-deletion→all')
    expect(said(told.ask(reportDeletionRule, 'system', { ...seenElsewhere, participantId: AIGUL }, undefined, at))).toMatch(
      'large-deletion',
    )
    expect(said(asked().ask(finishRestorationRule, 'system', wanted))).toBe('draft:restored→all')
    expect(said(asked().ask(finishRestorationRule, 'system', { restorationId: RESTORATION, fault: 'closed' }))).toBe(
      'draft:restoration-failed→all',
    )
    expect(said(asked().ask(finishRestorationRule, 'system', { ...wanted, restorationId: SECOND }))).toBe('nothing')
    expect(said(open().ask(finishRestorationRule, 'system', wanted))).toBe('nothing')
    for (const rule of [reportDeletionRule, finishRestorationRule]) expect(rule.by).toBe('system')
  })

  it('[DRA-152] a text that is just being brought back is not closed', () => {
    const ready = () => open().add(`direct:${AIGUL}`, readyGiven, { revision: 7 }).add(`direct:${PAVEL}`, readyGiven, { revision: 7 })
    const close = (history: History) => said(history.ask(requestFreezeRule, MEDIATOR, { versionId: VERSION, revision: 7 }))
    expect(close(ready())).toBe('draft:freeze-requested→all')
    expect(close(ready().add('all', restorationRequested, { way: 'bring-back', ...wanted }))).toBe('conflict drafting/restoring')
  })

  it('[DRA-152] the fold says who was the first, and what came of it', () => {
    expect(undoing().all.state(restoringFold, 'all')).toMatchObject({
      deletions: [{ deletionId: DELETION, lines: 12, undoneBy: AIGUL }],
      pending: { way: 'undo-deletion', revision: 7, by: AIGUL },
      last: undefined,
    })
    const done = undoing().add('all', textRestored, { restorationId: DELETION, revision: 9 }).all.state(restoringFold, 'all')
    expect(done).toMatchObject({ pending: undefined, last: { way: 'undo-deletion', outcome: { revision: 9 } } })
    const failed = undoing().add('all', restorationFailed, { restorationId: DELETION, fault: 'closed' }).all.state(restoringFold, 'all')
    expect(failed).toMatchObject({ pending: undefined, last: { outcome: { fault: 'closed' } }, deletions: [{ undoneBy: undefined }] })
  })
})
