// Prepares a data folder before the server starts: cases whose people are in a running session, and a signed-in device for each.
// Everything passes the platform's own rules and keys; only the invitations and their codes are left out.
// `tsx bench/platform/seed.ts <folder> <cases> <people> [messages of the first case] [talk]` leaves the tokens in the folder. `talk`:
// everybody speaks in turn, in one to six lines, instead of the mediator in long words.

import { writeFileSync } from 'node:fs'
import { makeCaseRecords } from '#server/cases/case-records.ts'
import { compose } from '#server/compose.ts'
import { envToConfig } from '#server/config/config.ts'
import { createLog } from '#server/http/log.ts'
import { createSessionStore } from '#server/identity/sessions/session-store.ts'
import { createSessions } from '#server/identity/sessions/sessions.ts'
import { createTokens } from '#server/identity/sessions/tokens.ts'
import { openInstallation } from '#server/installation.ts'
import { realSystem } from '#server/system.ts'
import { agreementConfirm, type CaseBody, caseOpen, sessionStart } from '#shared/cases/case-protocol.ts'
import { personEnter } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import {
  type AccountId,
  asId,
  type CaseId,
  type CommandId,
  type InvitationId,
  type ParticipantId,
  type SideId,
} from '#shared/kernel/ids.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { type Seeded, type SeededSession, sessionsFile } from './seeded.ts'

const [folder = '', cases = '1', people = '4', messages = '0', manner = 'long'] = process.argv.slice(2)
const config = envToConfig({ DATA_FOLDER: folder, PORT: '0', LOG_LEVEL: 'error', QUOTA_TIMES: '1000' })
if (!config.ok) throw new Error(config.faults.join('; '))
const system = realSystem()
const { entropy, clock } = system
const installation = await openInstallation(config.value, system)
const journal = createLog({ level: 'error', write: (line) => void process.stderr.write(line) })
const platform = compose({ config: config.value, installation, system, journal, clientFolder: undefined })
const { log } = platform
const { tokenKey } = installation.secrets
const { records } = installation
const sessions = createSessions({ store: createSessionStore({ records, due: platform.due, clock }), clock, entropy, tokenKey })
const tokens = createTokens({ tokenKey, clock: steadyClock(clock, system.stopwatch) })

const caseRecords = makeCaseRecords(records)
const account = asId<AccountId>(base64url(entropy.bytes(16, 'bench')))

const newId = () => base64url(entropy.bytes(16, 'bench'))
const newCommand = () => asId<CommandId>(newId())

function act<Input>(actor: Person, command: CommandDefinition<WireName, Input>, input: Input): Promise<unknown> {
  return log.command(actor, { id: newCommand(), name: command.name, input })
}

async function openCase(index: number): Promise<SeededSession[]> {
  const caseId = asId<CaseId>(newId())
  const mediator: Person = { kind: 'person', caseId, id: asId<ParticipantId>(newId()), role: 'mediator' }
  const sides = [asId<SideId>(newId()), asId<SideId>(newId())]
  const parties = Array.from({ length: Number(people) - 1 }, (_unused, nth): Person => {
    const sideId = sides[nth % sides.length] ?? asId<SideId>(newId())
    return { kind: 'person', caseId, id: asId<ParticipantId>(newId()), role: 'party', sideId }
  })
  const body: CaseBody = {
    title: `Дело ${index}`,
    category: 'supply',
    subject: 'Оплата и срок поставки по договору № 14 от 3 марта 2026 года',
    voice: 'phone',
    draftLanguage: 'ru',
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    mediator: { id: mediator.id, name: 'Ерлан Омаров', language: 'ru' },
    sides: sides.map((id, nth) => ({ id, kind: 'organisation', name: `Сторона ${nth + 1}` })),
    people: parties.map(({ id, sideId = asId<SideId>('') }, nth) => ({
      id,
      name: `Айгүл ${nth + 1}`,
      role: 'party',
      sideId,
      language: 'kk',
    })),
  }
  const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
  await log.step(caseId, caseOpen, body, newCommand())
  // A case without its record counts as half opened, and each start reads it again.
  await caseRecords.add({
    caseId,
    title: body.title,
    category: body.category,
    openedAt: clock.now(),
    sides: body.sides.map(({ name }) => name),
    mediatorParticipantId: mediator.id,
    mediatorAccountId: account,
  })
  await act(mediator, agreementConfirm, confirmation)
  await act(mediator, sessionStart, {})
  for (const party of parties) {
    await log.step(caseId, personEnter, { participantId: party.id }, newCommand())
    await act(party, agreementConfirm, confirmation)
    await act(mediator, personAdmit, { participantId: party.id, to: 'all' })
  }
  const all = [mediator, ...parties]
  for (let nth = 0; index === 0 && nth < Number(messages); nth++)
    await say(manner === 'talk' ? (all[nth % all.length] ?? mediator) : mediator, nth)
  return Promise.all(all.map(sessionOf))
}

async function say(actor: Person, nth: number): Promise<void> {
  const input = {
    audience: 'all' as const,
    id: asId<CommandId>(newId()),
    text: `${nth}. ${'Мы готовы оплатить остаток двумя частями. '.repeat(manner === 'talk' ? (nth * 7) % 6 : 40)}`,
  }
  const seen = { audience: 'all' as const, epoch: 1, seq: 1_000_000, hash: '' }
  await log.command(actor, { id: newCommand(), name: messagePost.name, input, seen })
}

async function sessionOf({ caseId, id }: Person): Promise<SeededSession> {
  const owner = { kind: 'person', caseId, participantId: id, invitationId: asId<InvitationId>(newId()) } as const
  const { id: sessionId, secret } = await sessions.open(owner, { keep: false, device: 'bench' })
  const { token } = tokens.sign({ kind: 'person', caseId, participantId: id, sessionId })
  return { caseId, participantId: id, token, secret }
}

const seeded: SeededSession[][] = Array.from({ length: Number(cases) }, () => [])
let next = 0
await Promise.all(
  Array.from({ length: 100 }, async () => {
    for (let at = next++; at < seeded.length; at = next++) seeded[at] = await openCase(at)
  }),
)
await platform.close()
writeFileSync(sessionsFile(folder), JSON.stringify({ sessions: seeded } satisfies Seeded))
process.exit(0)
