// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, MED, smallCase } from '#client/app/testing/small-case.ts'
import { screenIs } from '#client/drafting/testing/shown-draft.tsx'
import { testTranslate } from '#client/i18n/testing.tsx'
import { caseClosed, mediationEnded } from '#shared/cases/case-protocol.ts'
import { asId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { agreementReleased, paperRecorded } from '#shared/signing/signing-protocol.ts'
import { EndedNotice } from './EndedNotice.tsx'

beforeEach(() => screenIs('wide'))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const versionId = asId<VersionId>('version-1_____________')
const FILE = asId<FileId>('file-1________________')
const settled = () => smallCase().enter(AIGUL).join(AIGUL, 'all').happen(mediationEnded, 'case', { ground: 'settled' })
const released = () => settled().happen(agreementReleased, 'all', { versionId, bundleFileId: FILE })
const paper = () => settled().happen(paperRecorded, 'all', { versionId, signedOn: '2026-11-27', place: 'Петропавловск' })
const notice = <EndedNotice api={undefined as never} /> // nothing is fetched before a button is pressed
const said = () => screen.getByRole('note').textContent ?? ''

describe('above the rooms of a mediation that has ended', () => {
  it.each(LOCALES)('[UI-121] signed by all: the file and the way to check it, for each role: %s', (locale) => {
    const say = testTranslate(locale)
    for (const person of [AIGUL, MED]) {
      void renderCase(released(), person, notice, { locale })
      expect(said()).toContain(say('signing.over.released'))
      expect(said()).toContain(say('signing.over.file'))
      expect(said()).toContain(say('signing.over.performing'))
      expect(said().includes(say('signing.over.back'))).toBe(person === AIGUL)
      screen.getByRole('button', { name: say('signing.save.bundle') })
      expect(screen.getByRole('link', { name: say('signing.released.open-verify') }).getAttribute('href')).toBe('/verify')
      cleanup()
    }
  })

  it.each(LOCALES)('[UI-121] the file is still there when the case is closed, and nobody is told that they can write: %s', (locale) => {
    const say = testTranslate(locale)
    void renderCase(released().happen(caseClosed, 'case', {}), AIGUL, notice, { locale })
    screen.getByRole('button', { name: say('signing.save.bundle') })
    expect(said()).toContain(say('signing.over.closed'))
    expect(said()).not.toContain(say('signing.over.performing'))
  })

  it.each(LOCALES)('[UI-121] signed on paper: when and where, that the paper is the agreement, and no file: %s', (locale) => {
    const say = testTranslate(locale)
    void renderCase(paper(), AIGUL, notice, { locale })
    expect(said()).toContain(say('signing.over.paper', { date: '27.11.2026', place: 'Петропавловск' }))
    expect(said()).toContain(say('signing.over.copy'))
    expect(said()).not.toContain(say('signing.over.released'))
    expect(screen.queryByRole('button')).toBeNull()
    cleanup()
    void renderCase(paper(), MED, notice, { locale })
    expect(said()).not.toContain(say('signing.over.copy'))
  })

  it.each(['circumstances', 'refused-in-writing', 'refused', 'expired'] as const)(
    '[UI-121] [CAS-263] ended as "%s": that there is no agreement, and no file; the notice of it can be printed',
    (ground) => {
      const say = testTranslate('ru')
      void renderCase(smallCase().enter(AIGUL).join(AIGUL, 'all').happen(mediationEnded, 'case', { ground }), AIGUL, notice, {
        locale: 'ru',
      })
      expect(said()).toContain(say('signing.over.ground', { ground }))
      expect(said()).toContain(say('signing.over.none'))
      expect(said()).toContain(say('signing.over.closed'))
      expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([say('signing.over.act')])
      expect(screen.queryByRole('link')).toBeNull()
    },
  )

  it('[UI-121] whoever was never in the joint room learns that there is an agreement, and gets no file', () => {
    const world = smallCase().enter(AIGUL).happen(mediationEnded, 'case', { ground: 'settled' })
    void renderCase(world.happen(agreementReleased, 'all', { versionId, bundleFileId: FILE }), AIGUL, notice)
    expect(said()).toContain(testTranslate('en')('signing.over.ground', { ground: 'settled' }))
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('[UI-121] nothing while the mediation runs', () => {
    void renderCase(smallCase().enter(AIGUL), AIGUL, notice)
    expect(screen.queryByRole('note')).toBeNull()
  })
})
