import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mediationEnded, sessionEnded, sideLeft } from '#shared/cases/case-protocol.ts'
import { personAdded, personCorrected } from '#shared/cases/people-protocol.ts'
import { factsOf } from '#shared/cases/testing/opened.ts'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { DUTIES } from '#shared/document/document-grammar.ts'
import { emptyHeadings } from '#shared/document/empty-headings.ts'
import { appendBlocks, fragmentOf, isSound, readBlocks } from '#shared/document/yjs-document.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import type { FileId, ParticipantId } from '#shared/kernel/ids.ts'
import { hasSide } from '#shared/kernel/roles.ts'
import type { Decision } from '#shared/log/decide.ts'
import { readBody } from '#shared/protocol/define.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { cancelFreezeRule, freezeVersionRule, isFrozen, reopenDraftRule, reopenEvent, requestFreezeRule } from './decide-freeze.ts'
import { correctNumberRule } from './decide-number.ts'
import { giveReadyRule, withdrawReadyRule } from './decide-ready.ts'
import { draftReopened, freezeCancelled, freezeRequested, readyGiven, readyWithdrawn, versionFrozen } from './drafting-protocol.ts'
import { draftFold, readyFold, versionOf } from './drafting-state.ts'
import { templateOf } from './template.ts'
import { AIGUL, DALA, factsIn, History, id, LAWYER, MEDIATOR, OTHER, PAVEL, said, VERSION } from './testing/draft-history.ts'

const frozen = {
  versionId: VERSION,
  revision: 7,
  textDigest: 'a'.repeat(64),
  pdfDigest: 'b'.repeat(64),
  textCode: '1234 5678 9012',
  textFileId: id<FileId>('text'),
  pdfFileId: id<FileId>('pdf'),
  language: 'ru',
} as const

describe('ready', () => {
  const open = () => new History(AIGUL, PAVEL)
  it.each<[string, () => Decision, string]>([
    [
      'a side, of the text as it stands',
      () => open().ask(giveReadyRule, AIGUL, { revision: 7, generation: 1 }),
      'draft:ready-given→direct',
    ],
    [
      'of a text that somebody changed',
      () => open().ask(giveReadyRule, AIGUL, { revision: 6, generation: 1 }),
      'conflict drafting/text-moved-on',
    ],
    ['of an earlier generation', () => open().ask(giveReadyRule, AIGUL, { revision: 7, generation: 2 }), 'conflict drafting/text-moved-on'],
    ['the mediator', () => open().ask(giveReadyRule, MEDIATOR, { revision: 7, generation: 1 }), 'forbidden'],
    ['somebody who waits outside', () => open().ask(giveReadyRule, LAWYER, { revision: 7, generation: 1 }), 'not-found'],
    [
      'after the session',
      () => open().add('case', sessionEnded, {}).ask(giveReadyRule, AIGUL, { revision: 7, generation: 1 }),
      'conflict drafting/no-session',
    ],
    [
      'while it is being closed',
      () =>
        open().add('all', freezeRequested, { versionId: VERSION, revision: 7 }).ask(giveReadyRule, AIGUL, { revision: 7, generation: 1 }),
      'conflict drafting/closed',
    ],
    [
      'said twice',
      () => open().add(directAudience(AIGUL), readyGiven, { revision: 7 }).ask(giveReadyRule, AIGUL, { revision: 7, generation: 1 }),
      'nothing',
    ],
    [
      'taken back',
      () => open().add(directAudience(AIGUL), readyGiven, { revision: 7 }).ask(withdrawReadyRule, AIGUL, {}),
      'draft:ready-withdrawn→direct',
    ],
    ['taken back without being given', () => open().ask(withdrawReadyRule, AIGUL, {}), 'nothing'],
    ['taken back from outside', () => open().ask(withdrawReadyRule, LAWYER, {}), 'not-found'],
    ['taken back by the mediator', () => open().ask(withdrawReadyRule, MEDIATOR, {}), 'forbidden'],
    [
      'taken back too late',
      () => open().add('all', freezeRequested, { versionId: VERSION, revision: 7 }).ask(withdrawReadyRule, AIGUL, {}),
      'conflict drafting/closed',
    ],
  ])('[DRA-81] %s', (_, decide, expected) => {
    expect(said(decide())).toBe(expected)
  })
})

describe('closing for signing', () => {
  const bothReady = () =>
    new History(AIGUL, PAVEL, LAWYER)
      .add(directAudience(AIGUL), readyGiven, { revision: 7 })
      .add(directAudience(LAWYER), readyGiven, { revision: 7 })
  const request = { versionId: VERSION, revision: 7 }
  it.each<[string, () => Decision, string]>([
    [
      'all sides ready, each by any of its people',
      () => bothReady().ask(requestFreezeRule, MEDIATOR, request),
      'draft:freeze-requested→all',
    ],
    ['a side', () => bothReady().ask(requestFreezeRule, AIGUL, request), 'forbidden'],
    [
      'one side not ready',
      () => bothReady().add(directAudience(LAWYER), readyWithdrawn, {}).ask(requestFreezeRule, MEDIATOR, request),
      'conflict drafting/not-all-ready',
    ],
    [
      'ready for an earlier text',
      () => bothReady().ask(requestFreezeRule, MEDIATOR, { versionId: VERSION, revision: 8 }, { revision: 8, generation: 1 }),
      'conflict drafting/not-all-ready',
    ],
    [
      'the text has moved on',
      () => bothReady().ask(requestFreezeRule, MEDIATOR, request, { revision: 8, generation: 1 }),
      'conflict drafting/text-moved-on',
    ],
    [
      'a side that left is not asked',
      () =>
        new History(AIGUL)
          .add(directAudience(AIGUL), readyGiven, { revision: 7 })
          .add('case', sideLeft, { sideId: DALA })
          .ask(requestFreezeRule, MEDIATOR, request),
      'draft:freeze-requested→all',
    ],
    [
      'something has to be mended',
      () => bothReady().ask(requestFreezeRule, MEDIATOR, request, undefined, 5, [{ kind: 'no-date', found: '' }]),
      'conflict drafting/closing-faults',
    ],
    [
      'what has to be mended cannot be confirmed away',
      () =>
        bothReady().ask(requestFreezeRule, MEDIATOR, { ...request, confirmed: [{ kind: 'mixed-word', found: '' }] }, undefined, 5, [
          { kind: 'no-date', found: '' },
        ]),
      'conflict drafting/closing-faults',
    ],
    [
      'another word was confirmed',
      () =>
        bothReady().ask(requestFreezeRule, MEDIATOR, { ...request, confirmed: [{ kind: 'mixed-word', found: 'КX' }] }, undefined, 5, [
          { kind: 'mixed-word', found: 'Дaла' },
        ]),
      'conflict drafting/closing-faults',
    ],
    ['asked again', () => bothReady().add('all', freezeRequested, request).ask(requestFreezeRule, MEDIATOR, request), 'nothing'],
    [
      'another while one is under way',
      () => bothReady().add('all', freezeRequested, request).ask(requestFreezeRule, MEDIATOR, { versionId: OTHER, revision: 7 }),
      'conflict drafting/closed',
    ],
    [
      'outside a session',
      () => bothReady().add('case', sessionEnded, {}).ask(requestFreezeRule, MEDIATOR, request),
      'conflict drafting/no-session',
    ],
    [
      'cancelled',
      () =>
        bothReady()
          .add('all', freezeRequested, request)
          .ask(cancelFreezeRule, 'system', { versionId: VERSION, reason: 'empty', details: {} }),
      'draft:freeze-cancelled→all',
    ],
    [
      'cancelled when it is no longer under way',
      () => bothReady().ask(cancelFreezeRule, 'system', { versionId: VERSION, reason: 'empty', details: {} }),
      'nothing',
    ],
    [
      'cancelled by a person',
      () =>
        bothReady()
          .add('all', freezeRequested, request)
          .ask(cancelFreezeRule, MEDIATOR, { versionId: VERSION, reason: 'empty', details: {} }),
      'draft:freeze-cancelled→all',
    ],
    [
      'frozen',
      () => bothReady().add('all', freezeRequested, request).ask(freezeVersionRule, 'system', frozen),
      'version:frozen→all, room:joined→signers, room:joined→signers, room:joined→signers, version:frozen→signers',
    ],
    [
      'frozen twice',
      () =>
        bothReady()
          .add('all', freezeRequested, request)
          .add('all', versionFrozen, { ...frozen, signers: [AIGUL, MEDIATOR] })
          .ask(freezeVersionRule, 'system', frozen),
      'nothing',
    ],
    [
      'frozen at another text',
      () =>
        bothReady()
          .add('all', freezeRequested, request)
          .ask(freezeVersionRule, 'system', { ...frozen, revision: 6 }),
      'nothing',
    ],
  ])('[DRA-82] %s', (_, decide, expected) => {
    expect(said(decide())).toBe(expected)
  })

  it('[DRA-82] no person can ask for a step of the system', () => {
    for (const rule of [cancelFreezeRule, freezeVersionRule]) expect(rule.by).toBe('system')
  })

  it('[DRA-83] parties sign for their side; a representative only where no party is in the joint session; the mediator last', () => {
    const signers = (history: History) => {
      const decision = history.add('all', freezeRequested, request).ask(freezeVersionRule, 'system', frozen)
      return decision.decided ? (decision.events[0]?.body as { signers: readonly ParticipantId[] } | undefined)?.signers : undefined
    }
    expect(signers(bothReady())).toEqual([AIGUL, PAVEL, MEDIATOR])
    expect(signers(new History(AIGUL, LAWYER))).toEqual([AIGUL, LAWYER, MEDIATOR])
  })

  it('[CAS-204] whoever is there in another role signs nothing, and is in nobody’s way; a minor signs with their representatives', () => {
    const signers = (history: History, who: readonly ParticipantId[]) => {
      for (const participantId of who) history.add('all', roomJoined, { participantId })
      const decision = history.add('all', freezeRequested, request).ask(freezeVersionRule, 'system', frozen)
      return decision.decided ? (decision.events[0]?.body as { signers: readonly ParticipantId[] } | undefined)?.signers : undefined
    }
    const others = ['lawyer', 'teacher', 'psychologist', 'companion', 'interpreter', 'expert', 'trainee', 'observer'] as const
    const withOthers = (history: History) => {
      for (const role of others) {
        const side = hasSide({ role }) ? { sideId: DALA } : {}
        history.add('case', personAdded, { id: id<ParticipantId>(`x-${role}`), name: role, role, language: 'ru', ...side })
      }
      return history
    }
    const all = others.map((role) => id<ParticipantId>(`x-${role}`))
    expect(signers(withOthers(bothReady()), all)).toEqual([AIGUL, PAVEL, MEDIATOR])
    expect(signers(withOthers(new History(AIGUL, LAWYER)), all)).toEqual([AIGUL, LAWYER, MEDIATOR])
    const minor = (history: History) =>
      history.add('case', personCorrected, { participantId: PAVEL, name: 'Павел Ким', language: 'ru', minor: true })
    expect(signers(minor(withOthers(new History(AIGUL, PAVEL, LAWYER))), all)).toEqual([AIGUL, PAVEL, LAWYER, MEDIATOR])
    expect(signers(minor(new History(AIGUL, PAVEL)), [])).toEqual([AIGUL, PAVEL, MEDIATOR])
  })

  it('[DRA-84] the fold follows: frozen, opened again, cancelled with its reason', () => {
    const history = bothReady()
      .add('all', freezeRequested, request)
      .add('all', versionFrozen, { ...frozen, signers: [AIGUL, MEDIATOR] })
    expect(isFrozen(history.all, VERSION)).toBe(true)
    const { audience, definition, body } = reopenEvent(VERSION)
    history.add(audience, definition, body)
    const state = history.all.state(draftFold, 'all')
    expect(state).toMatchObject({ phase: { kind: 'open' }, lastOpened: { kind: 'reopened', versionId: VERSION } })
    expect(versionOf(state, VERSION)).toMatchObject({ revision: 7 })
    history
      .add('all', freezeRequested, { versionId: OTHER, revision: 9 })
      .add('all', freezeCancelled, { versionId: OTHER, reason: 'somebody-wrote', details: {} })
    expect(history.all.state(draftFold, 'all')?.lastOpened).toMatchObject({ kind: 'cancelled', reason: 'somebody-wrote' })
    expect(history.all.state(draftFold, signersAudience(VERSION))).toBeUndefined()
  })

  it('[DRA-333] a cancellation from before names nobody, today’s who wrote', () => {
    const old = { versionId: VERSION, reason: 'somebody-wrote', details: {} }
    expect(readBody(freezeCancelled, 1, old)).toEqual(old)
    const today = { ...old, details: { writers: [PAVEL] } }
    expect(readBody(freezeCancelled, 2, today)).toEqual(today)
  })

  it('[DRA-84] the installation opens a frozen text once, and nothing else', () => {
    const open = (history: History) => reopenDraftRule.decide(history.all, { versionId: VERSION }, {} as never) // looks at nothing else
    const frozenText = bothReady()
      .add('all', freezeRequested, request)
      .add('all', versionFrozen, { ...frozen, signers: [AIGUL, MEDIATOR] })
    expect(open(frozenText)).toEqual({ decided: true, events: [reopenEvent(VERSION)] })
    expect(open(frozenText.add('all', draftReopened, { versionId: VERSION }))).toEqual({ decided: true, events: [] })
    expect(open(bothReady())).toEqual({ decided: true, events: [] })
  })

  it('[DRA-81] only the person and the mediator learn that somebody is ready', () => {
    const history = bothReady()
    expect(history.viewOf(PAVEL).state(readyFold, directAudience(AIGUL))).toBeUndefined()
    expect(history.viewOf(MEDIATOR).state(readyFold, directAudience(AIGUL))?.ready?.revision).toBe(7)
  })
})

describe('what the mediator has left as it stands', () => {
  it('[DRA-262] is recorded with the request, as far as it stood in the text; older requests read without it', () => {
    const confirmed = [
      { kind: 'mixed-word', found: 'Дaла' },
      { kind: 'mixed-word', found: 'nothing like that' },
    ]
    const faults = [{ kind: 'mixed-word' as const, found: 'Дaла', block: 'b7' }]
    const decision = new History(AIGUL, LAWYER)
      .add(directAudience(AIGUL), readyGiven, { revision: 7 })
      .add(directAudience(LAWYER), readyGiven, { revision: 7 })
      .ask(requestFreezeRule, MEDIATOR, { versionId: VERSION, revision: 7, confirmed }, undefined, 5, faults)
    expect(decision.decided && decision.events.map(({ body }) => body)).toEqual([
      { versionId: VERSION, revision: 7, confirmed: [{ kind: 'mixed-word', found: 'Дaла' }] },
    ])
    expect(readBody(freezeRequested, 2, { versionId: VERSION, revision: 7 })).toEqual({ versionId: VERSION, revision: 7 })
  })
})

describe('the template', () => {
  it.each(['kk', 'ru', 'en'] as const)(
    '[DRA-85] in %s it is a sound text, names what the case knows, and has a heading for each thing that art. 27(2) demands',
    (language) => {
      const document = templateOf(factsOf(factsIn(language)), '2026-11-22')
      const shared = new Y.Doc()
      appendBlocks(fragmentOf(shared, language), document)
      expect(isSound(shared)).toBe(true)
      expect(readBlocks(fragmentOf(shared, language))).toEqual(document)
      const text = plainText(document)
      for (const known of [
        'Петропавловск',
        'КХ «Береке»',
        'БСН 123456789012',
        'Мария Жук',
        'доверенность № 5',
        'Ерлан Омаров',
        '№ 14',
        '2026',
      ])
        expect(text).toContain(known)
      expect(emptyHeadings(arrangeBlocks(document))).toHaveLength(4)
      expect(text).not.toMatch(/[{}]/)
    },
  )

  it('[CAS-46] it names the number of the case above place and day', () => {
    const numbered = plainText(templateOf(factsOf({ ...factsIn('ru'), number: '2026-000014' }), '2026-11-22'))
    expect(numbered).toContain('№ 2026-000014\nПетропавловск, 22 ноября 2026 года')
    expect(plainText(templateOf(factsOf(factsIn('ru')), '2026-11-22'))).toContain('\nПетропавловск, 22 ноября')
  })

  it('[CAS-205] it names interpreter, teacher and psychologist with the mediator, and nobody else who signs nothing', () => {
    const { sides, people, ...facts } = factsOf(factsIn('ru'))
    const added = (['lawyer', 'teacher', 'psychologist', 'companion', 'interpreter', 'expert', 'trainee', 'observer'] as const).map(
      (role) => ({
        id: id<ParticipantId>(role),
        role,
        name: `Имя-${role}`,
        language: 'ru' as const,
        ...(hasSide({ role }) ? { sideId: DALA } : {}),
      }),
    )
    const gone = {
      ...added[4],
      id: id<ParticipantId>('gone'),
      role: 'interpreter' as const,
      name: 'Имя-gone',
      language: 'ru' as const,
      endedAt: 1,
    }
    const text = plainText(templateOf({ ...facts, sides, people: [...people, ...added, gone] }, '2026-11-22'))
    expect([...text.matchAll(/.*Имя-.*/g)].map(([line]) => line)).toEqual([
      'Педагог: Имя-teacher',
      'Психолог: Имя-psychologist',
      'Переводчик: Имя-interpreter',
    ])
  })

  it('[DRA-85] dates read as the language writes them', () => {
    expect(plainText(templateOf(factsOf(factsIn('kk')), '2026-11-22'))).toContain('2026 жылғы 22 қараша')
    expect(plainText(templateOf(factsOf(factsIn('ru')), '2026-11-02'))).toContain('2 ноября 2026 года')
  })

  it('[DRA-138] each block says which demand of art. 27(2) it serves, so that no heading has to be read for it', () => {
    const parts = templateOf(factsOf(factsIn('ru')), '2026-11-22').flatMap(({ part }) => part ?? [])
    expect(new Set(parts)).toEqual(new Set(DUTIES))
  })
})

function plainText(document: readonly DocumentBlock[]): string {
  return document.map(wordsOf).join('\n')
}

describe('the number of the case', () => {
  const open = () => new History(AIGUL, PAVEL)
  const asked = (history: History, who = MEDIATOR, number = '14/2026') => history.ask(correctNumberRule, who, { number })
  const closing = () => open().add('all', freezeRequested, { versionId: VERSION, revision: 7 })
  const closed = () => closing().add('all', versionFrozen, { ...frozen, signers: [AIGUL, PAVEL, MEDIATOR] })
  it.each<[string, () => Decision, string]>([
    ['by the mediator', () => asked(open()), 'number:corrected→case'],
    ['by a side', () => asked(open(), AIGUL), 'forbidden'],
    ['by somebody who waits outside', () => asked(open(), LAWYER), 'forbidden'],
    ['between sessions', () => asked(open().add('case', sessionEnded, {})), 'number:corrected→case'],
    ['while the text is being closed', () => asked(closing()), 'conflict cases/number-on-closed-text'],
    ['of a closed text', () => asked(closed()), 'conflict cases/number-on-closed-text'],
    ['once it is open again', () => asked(closed().add('all', draftReopened, { versionId: VERSION })), 'number:corrected→case'],
    ['after the end', () => asked(open().add('case', mediationEnded, { ground: 'expired' })), 'conflict cases/already-ended'],
  ])('[CAS-170] is corrected only while no text is closed that says it: %s', (_name, decide, expected) => {
    expect(said(decide())).toBe(expected)
  })
})
