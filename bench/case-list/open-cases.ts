// Opens cases of one mediator in a data folder, by the platform's own rules, many at a time; their list is left for the first start to make.
// `tsx bench/case-list/open-cases.ts <folder> <cases>` leaves a staff token and the cases in the folder (listed.ts).
import { writeFileSync } from 'node:fs'
import { makeCaseRecords } from '#server/cases/case-records.ts'
import { createSessionStore } from '#server/identity/sessions/session-store.ts'
import { createSessions } from '#server/identity/sessions/sessions.ts'
import { createTokens } from '#server/identity/sessions/tokens.ts'
import { caseOpen } from '#shared/cases/case-protocol.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { type AccountId, asId, type CaseId, type CommandId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { openLog } from '../platform/open-log.ts'
import { type ListedCases, listedFile } from './listed.ts'

const AT_ONCE = 200
const DAY = 86_400_000

const [folder = '', cases = '100'] = process.argv.slice(2)
const { system, installation, log, close } = await openLog(folder)
const { entropy, clock } = system
const { records, secrets } = installation
const account = asId<AccountId>(newId())
const caseRecords = makeCaseRecords(records)
const first = clock.now() - 1_000 * DAY

function newId(): string {
  return base64url(entropy.bytes(16, 'bench'))
}

async function openCase(nth: number): Promise<ListedCases['cases'][number]> {
  const [caseId, mediator] = [asId<CaseId>(newId()), asId<ParticipantId>(newId())]
  const names = ['ТОО «Береке»', 'КХ «Дала Жем»'] as const
  const sides = names.map((name) => ({ id: asId<SideId>(newId()), kind: 'organisation' as const, name }))
  const about = { title: `Дело ${nth}`, category: 'supply' as const }
  const people = sides.map(({ id: sideId }, at) => {
    return { id: asId<ParticipantId>(newId()), name: `Айгүл ${at + 1}`, role: 'party' as const, sideId, language: 'kk' as const }
  })
  const body = {
    ...about,
    subject: 'Оплата и срок поставки по договору № 14 от 3 марта 2026 года',
    voice: 'phone' as const,
    draftLanguage: 'ru' as const,
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    mediator: { id: mediator, name: 'Ерлан Омаров', language: 'ru' as const },
    sides,
    people,
  }
  await log.step(caseId, caseOpen, body, asId<CommandId>(newId()))
  const openedAt = first + nth * 1_000
  await caseRecords.add({
    ...about,
    caseId,
    openedAt,
    sides: [...names],
    mediatorParticipantId: mediator,
    mediatorAccountId: account,
  })
  return { caseId, mediator, openedAt }
}

const opened: ListedCases['cases'][number][] = []
for (let at = 0; at < Number(cases); at += AT_ONCE) {
  const some = Array.from({ length: Math.min(AT_ONCE, Number(cases) - at) }, (_unused, nth) => openCase(at + nth))
  opened.push(...(await Promise.all(some)))
}
const sessions = createSessions({
  // Staff's sessions end by a due step, which is nobody's concern within a benchmark.
  store: createSessionStore({ records, due: { schedule: async () => undefined, cancel: async () => undefined }, clock }),
  clock,
  entropy,
  tokenKey: secrets.tokenKey,
})
const tokens = createTokens({ tokenKey: secrets.tokenKey, clock: steadyClock(clock, system.stopwatch) })
const { id: sessionId } = await sessions.open({ kind: 'staff', accountId: account }, { keep: true, device: 'bench' })
const { token } = tokens.sign({ kind: 'staff', accountId: account, role: 'mediator', sessionId })
await close()
writeFileSync(listedFile(folder), JSON.stringify({ token, account, cases: opened } satisfies ListedCases))
process.exit(0)
