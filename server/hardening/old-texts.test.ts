// What an earlier release took at its doors is history: stricter fields must not make it unreadable.
import { describe, expect, it } from 'vitest'
import { newCase } from '#server/storage/contracts/samples.ts'
import { caseOpen, caseOpened } from '#shared/cases/case-protocol.ts'
import { caseLook } from '#shared/cases/case-routes.ts'
import { caucusEnter, caucusEntered } from '#shared/caucus/caucus-protocol.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { type CommandDefinition, type EventDefinition, readBody } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { frozenFrom1 } from '#shared/signing/first-records.ts'
import { frozenRecord } from '#shared/signing/sealed-records.ts'
import {
  paperRecord,
  paperRecorded,
  versionDecline,
  versionDeclined,
  versionRecalled,
  versionReopen,
} from '#shared/signing/signing-protocol.ts'

const id = newCase()
/** Everything that the fields before the table let through. */
const OLD = `北京公司 \u2800 \ue000 Z${'\u0335'.repeat(9)} И\u0306 \ud800 ə жəне 😀`
const language = 'ru'

const oldFacts = {
  title: OLD,
  category: 'supply',
  subject: `${OLD}\n\tвторая строка`,
  voice: 'phone',
  draftLanguage: language,
  agreement: { date: '2026-11-20', place: OLD },
}
const oldPeople = {
  mediator: { id, name: OLD, organisation: OLD, registerNumber: OLD, language },
  sides: [1, 2].map(() => ({ id, kind: 'person', name: OLD, details: `${OLD}\n${OLD}` })),
  people: [1, 2].map(() => ({ id, name: OLD, role: 'representative', sideId: id, authority: OLD, language })),
}
/** Version 1 named the people in the opening event. */
const oldCase = { ...oldFacts, ...oldPeople }

const TABLE: readonly [EventDefinition, object, CommandDefinition, object, read?: object][] = [
  [caseOpened, oldCase, caseOpen, oldCase, { ...oldFacts, seeded: oldPeople }],
  [messagePosted, { id, text: `${OLD}\n${OLD}` }, messagePost, { audience: 'all', id, text: OLD }],
  [caucusEntered, { company: 'accompanied', companions: OLD }, caucusEnter, { sideId: id, company: 'accompanied', companions: OLD }],
  [versionDeclined, { versionId: id, reason: OLD }, versionDecline, { versionId: id, reason: OLD, to: 'all' }],
  [versionRecalled, { versionId: id, reason: OLD }, versionReopen, { versionId: id, reason: OLD }],
  [
    paperRecorded,
    { versionId: id, signedOn: '2026-11-20', place: OLD },
    paperRecord,
    { versionId: id, signedOn: '2026-11-20', place: OLD },
  ],
]

describe('what was stored before the table of letters', () => {
  it.each(TABLE.map(([event, body, command, input, read = body]) => ({ name: event.name, event, body, command, input, read })))(
    '[CHR-10] $name reads to the letter, though no command brings such words any more',
    ({ event, body, command, input, read }) => {
      expect(readBody(event, 1, JSON.parse(JSON.stringify(body)))).toEqual(read)
      expect(() => safeParse(command.input, input)).toThrow('invalid')
    },
  )

  it('[CHR-10] an old case is answered to its mediator', () => {
    const summary = {
      caseId: id,
      title: OLD,
      category: 'supply',
      openedAt: 1,
      sides: [OLD],
      phase: 'preparing',
      inSession: false,
      mediatorParticipantId: id,
    }
    const { mediator, sides, people } = oldPeople
    const facts = { ...oldFacts, sides, people: [{ ...mediator, role: 'mediator' }, ...people] }
    const answer = { summary, facts, corrections: [] }
    expect(safeParse(caseLook.answer, answer)).toEqual(answer)
  })

  it('[CHR-10] what no release has ever accepted is not read as ours: a foreign bundle cannot show a name backwards', () => {
    const digest = 'f'.repeat(64)
    const record = (name: string) => ({
      record: 'frozen',
      versionId: id,
      u: 1,
      textDigest: digest,
      pdfDigest: digest,
      textCode: '1234 5678 9012',
      language,
      languages: [language],
      frozenAt: 1,
      authority: digest,
      signers: [1, 2].map(() => ({ participantId: id, name, role: 'party', side: OLD })),
      seal: { at: 1, key: digest, value: 'A'.repeat(86) },
    })
    const read = frozenFrom1(record(OLD))
    expect(read.signers.map(({ name }) => name)).toEqual([OLD, OLD])
    expect(safeParse(frozenRecord, read)).toEqual(read)
    for (const name of ['a\u202eb', 'a\u200bb', 'a\nb', 'a\u{e0041}', '\ufeffa']) {
      expect(() => frozenFrom1(record(name))).toThrow()
      const signers = read.signers.map((signer) => ({ ...signer, name }))
      expect(() => safeParse(frozenRecord, { ...read, signers })).toThrow('invalid')
    }
  })
})
