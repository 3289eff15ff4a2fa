// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { AIGUL, MARIA, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { renderDraft } from '#client/drafting/testing/shown-draft.tsx'
import { testId } from '#client/realtime/testing/history.ts'
import { draftReopened } from '#shared/drafting/drafting-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { versionDeclined, versionRecalled } from '#shared/signing/signing-protocol.ts'
import { ReopenedNotice } from './ReopenedNotice.tsx'

const VERSION = asId<VersionId>(testId('version'))
const REASON = 'The sum is wrong'
afterEach(cleanup)

function inSession(): SmallCase {
  const world = smallCase()
  for (const person of [AIGUL, PAVEL, MARIA]) world.enter(person).join(person, 'all')
  return world
}
const words = (world: SmallCase, person: ParticipantId) => {
  renderDraft(<ReopenedNotice />, { world, person })
  return document.body.textContent ?? ''
}
function toMediator(): SmallCase {
  return inSession()
    .happen(versionDeclined, directAudience(PAVEL), { versionId: VERSION, reason: REASON, clause: '2.1' }, PAVEL)
    .happen(draftReopened, 'all', { versionId: VERSION }, 'system')
}

describe('a text that was opened again', () => {
  it('[SIG-92] a no to the mediator: the mediator reads who and why, the refuser reads who knows, the others only that it is open', () => {
    const others = words(toMediator(), AIGUL)
    expect(others).toContain('The text is open again')
    for (const secret of ['Павел', REASON, '2.1', 'mediator']) expect(others).not.toContain(secret)
    cleanup()
    const mediator = words(toMediator(), MED)
    for (const told of ['Павел Ким', REASON, 'Clause 2.1', 'seen only by you and that person']) expect(mediator).toContain(told)
    cleanup()
    const refuser = words(toMediator(), PAVEL)
    for (const told of ['You said that you will not sign', REASON, 'seen only by the mediator', 'they can guess'])
      expect(refuser).toContain(told)
  })

  it('[SIG-92] a no to all is read by all, with the reason', () => {
    const world = inSession()
      .happen(versionDeclined, 'all', { versionId: VERSION, reason: REASON }, PAVEL)
      .happen(draftReopened, 'all', { versionId: VERSION }, PAVEL)
    for (const told of ['Павел Ким', REASON, 'Everybody sees this']) expect(words(world, AIGUL)).toContain(told)
  })

  it.each(LOCALES)('[SIG-92] opened by the mediator: all read what for, until they have put it away: %s', (locale) => {
    const world = inSession()
      .happen(versionRecalled, 'all', { versionId: VERSION, reason: 'Исправим дату' }, MED)
      .happen(draftReopened, 'all', { versionId: VERSION }, MED)
    renderDraft(<ReopenedNotice />, { world, person: PAVEL, locale })
    screen.getByText('Исправим дату')
    screen.getByText(/Ерлан Омаров/)
    fireEvent.click(screen.getByRole('button'))
    expect(screen.queryByText('Исправим дату')).toBeNull()
  })
})
