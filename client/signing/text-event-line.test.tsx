// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, MED, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { draftReopened, freezeCancelled, freezeRequested, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { type Audience, directAudience } from '#shared/kernel/audience.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import {
  agreementReleased,
  paperRecorded,
  signatureGiven,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
} from '#shared/signing/signing-protocol.ts'
import { evolveTextEvents } from './evolve-text-events.ts'
import { TextEventLine } from './TextEventLine.tsx'
import { textEventsFold } from './text-events.ts'

afterEach(cleanup)

const versionId = asId<VersionId>('version')
const OWN = directAudience(AIGUL)

/** The lines of one room, folded from its events. */
function linesOf(happened: readonly (readonly [EventDefinition, unknown, typeof AIGUL | 'system'])[], audience: Audience) {
  let state = textEventsFold.initial
  happened.forEach(([{ name }, body, by], nth) => {
    state = evolveTextEvents(state, { audience, epoch: 1, seq: nth + 1, type: name, by, at: 10_000_000 + nth, hash: '', body })
  })
  return valuesOf(state)
}

const IN_ALL = [
  [freezeRequested, { versionId, revision: 3 }, MED],
  [versionFrozen, { versionId, textCode: '1234 5678 9012' }, 'system'],
  [draftReopened, { versionId, cause: 'declined' }, AIGUL],
  [freezeCancelled, { versionId, reason: 'somebody-wrote', details: {} }, 'system'],
  [versionRecalled, { versionId, reason: 'Ошибка в сумме' }, MED],
  [draftReopened, { versionId, cause: 'mediator' }, MED],
  [agreementReleased, { versionId }, MED],
  [paperRecorded, { versionId }, MED],
] as const

const IN_OWN = [
  [signatureGiven, {}, AIGUL],
  [signatureWithdrawn, { versionId }, AIGUL],
  [versionDeclined, { versionId, reason: 'Рано' }, AIGUL],
  [versionDeclined, { versionId }, AIGUL],
] as const

describe('what happened to the text, in a talk', () => {
  it.each(LOCALES)('[LIV-77] stands there in words, for whoever the events of that room tell: %s', (locale) => {
    const t = testTranslate(locale)
    const shownTo = (person: typeof AIGUL, happened: Parameters<typeof linesOf>[0], audience: Audience) => {
      void renderCase(
        smallCase().enter(AIGUL),
        person,
        linesOf(happened, audience).map((textEvent) => (
          <p key={textEvent.seq} data-testid="line">
            <TextEventLine textEvent={textEvent} />
          </p>
        )),
        { locale },
      )
      const lines = screen.getAllByTestId('line').map(({ textContent }) => textContent)
      cleanup()
      return lines
    }
    const lines = (words: readonly string[]) => words.map((each) => expect.stringContaining(each))
    const name = 'Айгүл Серік'
    expect(shownTo(AIGUL, IN_ALL, 'all')).toEqual(
      lines([
        t('signing.told.closed', { code: '1234\u00a05678\u00a09012' }),
        t('signing.told.opened'),
        t('signing.told.not-closed'),
        t('signing.told.recalled', { reason: 'Ошибка в сумме' }),
        t('signing.told.released'),
        t('signing.told.paper'),
      ]),
    )
    expect(shownTo(MED, IN_OWN, OWN)).toEqual(
      lines([
        t('signing.told.signed', { name }),
        t('signing.told.withdrew', { name }),
        t('signing.told.because', { words: t('signing.told.declined', { name }), reason: 'Рано' }),
        t('signing.told.declined', { name }),
      ]),
    )
    expect(shownTo(AIGUL, IN_OWN, OWN)).toEqual(
      lines([
        t('signing.told.you-signed'),
        t('signing.told.you-withdrew'),
        t('signing.told.because', { words: t('signing.told.you-declined'), reason: 'Рано' }),
        t('signing.told.you-declined'),
      ]),
    )
  })

  it('[LIV-77] opened again because of somebody’s no, it names nobody', () => {
    void renderCase(
      smallCase().enter(AIGUL),
      MED,
      linesOf([[draftReopened, { versionId, cause: 'declined' }, AIGUL]], 'all').map((textEvent) => (
        <TextEventLine key={textEvent.seq} textEvent={textEvent} />
      )),
    )
    expect(document.body.textContent).not.toContain('Айгүл')
  })

  it('[LIV-77] is said aloud when it has just happened, once', () => {
    const [textEvent] = linesOf([[agreementReleased, { versionId }, MED]], 'all')
    if (!textEvent) throw new Error('one line')
    const shown = () => void renderCase(smallCase().enter(AIGUL), AIGUL, <TextEventLine textEvent={textEvent} />)
    const words = testTranslate('en')('signing.told.released')
    shown()
    expect(screen.getByRole('status').textContent).toBe(words)
    cleanup()
    shown()
    expect(screen.getByRole('status').textContent).toBe('')
  })
})
