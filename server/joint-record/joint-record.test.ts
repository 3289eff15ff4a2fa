// The record of the joint session as people get it over HTTP, beside caucuses that hold other words; checked by the verifier alone.
import { execFileSync } from 'node:child_process'
import { webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { sendAndPost } from '#server/files/testing/send-file.ts'
import { filesOf } from '#server/signing/testing/forger.ts'
import { answered, type Browser } from '#server/testing/http-world.ts'
import { accepted, device, type Room, startSession } from '#server/testing/live-room.ts'
import {
  linkAndCode,
  newCase,
  type OpenCase,
  openCase,
  type PlatformWorld,
  platformWorld,
  setUpOwner,
} from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { agreementConfirm, mediationEnd, sessionEnd } from '#shared/cases/case-protocol.ts'
import { casePersonAdd } from '#shared/cases/case-routes.ts'
import { caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { recordDownload } from '#shared/joint-record/joint-record-routes.ts'
import { parseRecordFile, RECORD_PART } from '#shared/joint-record/record-file.ts'
import { verifyFile } from '#shared/joint-record/verify-file.ts'
import { directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { recordClose } from '#shared/messaging/joint-record-protocol.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { requestOf } from '#shared/protocol/route.ts'
import { earlierOpen, personAdmit } from '#shared/rooms/room-protocol.ts'
import type { BundleReport } from '#shared/signing/bundle/report.ts'
import { writeZip } from '#shared/signing/bundle/stored-zip.ts'

const { subtle } = webcrypto
const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})
const CANARY = 'құпия-канарейка'

interface Scene {
  readonly world: PlatformWorld
  readonly open: OpenCase
  readonly room: Room
}

/** Everybody has talked to all; each side with the mediator alone, in words that must be nowhere else. */
async function scene(conductedBy?: 'judge'): Promise<Scene> {
  const world = await platformWorld()
  worlds.push(world)
  const staff = await setUpOwner(world)
  const open = await openCase(world, staff, { ...newCase(), ...(conductedBy ? { conductedBy } : {}) })
  const room = await startSession(world, open)
  const { mediator, people, sides } = room
  accepted(await mediator.post('all', 'Сәлеметсіздер ме! Добрый день всем.'))
  for (const [at, person] of people.entries()) {
    const sideId = sides[at === 0 ? 0 : 1]
    accepted(await say(mediator.socket, caucusInvite, { sideId }))
    accepted(await say(person.socket, caucusEnter, { sideId, company: 'accompanied', companions: `${CANARY}-серік` }))
    await mediator.resume()
    await person.resume()
    accepted(await person.post(sideAudience(sideId), `${CANARY} ${at}`))
    accepted(await say(person.socket, mediatorCall, { sideId, reason: 'pause' }))
    accepted(await person.post(directAudience(person.me), `${CANARY} direct ${at}`))
    accepted(await person.post('all', `Біздің тарап: ${at}`))
    await mediator.resume()
  }
  return { world, open, room }
}

async function exported({ world }: Scene, browser: Browser, caseId: OpenCase['caseId'], language: Locale = 'ru') {
  const { url } = requestOf(recordDownload, { caseId, language })
  const response = await fetch(`${world.url}${url}`, { headers: { authorization: `Bearer ${browser.token ?? ''}` } })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, bytes, reason: response.ok ? undefined : (JSON.parse(fromUtf8(bytes)).reason as string | undefined) }
}

const partOf = (zip: Uint8Array, name: string) => filesOf(zip).find((file) => file.name === name)?.bytes ?? new Uint8Array()

function wordsIn(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-record-'))
  writeFileSync(join(folder, 'r.pdf'), pdf)
  const found = execFileSync('pdftotext', ['-layout', join(folder, 'r.pdf'), '-'], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return found
}

const verified = (bytes: Uint8Array, root?: Parameters<typeof verifyFile>[2]): Promise<BundleReport> =>
  verifyFile(subtle, { kind: 'file', bytes }, root)

describe('the joint record', () => {
  it('[REC-1] [REC-2] is the whole chain, readable and verifiable without us, with no trace of any caucus', async () => {
    const it = await scene()
    const { open, room, world } = it
    const [one] = open.people
    accepted(await room.mediator.post('all', 'Ошибка, уберу'))
    await room.mediator.resume()
    const { epoch, seq } = room.mediator.seen('all')
    accepted(await say(room.mediator.socket, messageRedact, { audience: 'all', epoch, seq }))
    const { status, bytes } = await exported(it, one.browser, open.caseId)
    expect(status).toBe(200)
    const file = parseRecordFile(partOf(bytes, RECORD_PART.record))
    if (typeof file === 'string') throw new Error(file)
    expect(file.events).toEqual(await world.platform.log.readWhole(open.caseId, 'all'))
    const words = wordsIn(partOf(bytes, RECORD_PART.pdf))
    for (const said of ['Сәлеметсіздер ме! Добрый день всем.', 'Біздің тарап: 0', 'Біздің тарап: 1', 'Сообщение удалено', 'Айгүл Серік'])
      expect(words).toContain(said)
    expect(words).not.toContain('Ошибка, уберу')
    const everything = `${fromUtf8(partOf(bytes, RECORD_PART.record))}${words}`
    for (const trace of [CANARY, 'caucus', 'side:', 'direct:', 'mediator:called', ...room.sides.map((id) => `side:${id}`)])
      expect(everything).not.toContain(trace)
    const report = await verified(bytes)
    expect(report).toMatchObject({ overall: 'consistent-authority-unknown', jointRecord: { entries: file.events.length } })
    expect(await verified(bytes, { fingerprint: report.authority?.digits ?? '' })).toMatchObject({ overall: 'valid' })
    expect(await verified(bytes, { fingerprint: '0'.repeat(64) })).toMatchObject({ overall: 'other-authority' })
  })

  it('[REC-7] [REC-9] names a file that was shown to all by name, size and hash, or as removed; and everybody by their role', async () => {
    const it = await scene()
    const { world, open, room } = it
    const [one] = open.people
    const to = { url: world.url, token: one.browser.token ?? '', caseId: open.caseId }
    const device = room.people[0]
    await device.resume()
    const bytes = (text: string) => utf8(text.repeat(100))
    const { file } = await sendAndPost(device, to, { audience: 'all', name: 'Накладная № 14.txt' }, bytes('Поставка 3 июня. '))
    const gone = await sendAndPost(device, to, { audience: 'all', name: 'Лишнее.txt' }, bytes('Это не сюда. '))
    accepted(await say(device.socket, messageRedact, { audience: 'all', epoch: gone.epoch, seq: gone.seq }))
    const apart = await sendAndPost(device, to, { audience: sideAudience(room.sides[0]), name: `${CANARY}.txt` }, bytes(CANARY))
    const { bytes: zip } = await exported(it, one.browser, open.caseId)
    const words = wordsIn(partOf(zip, RECORD_PART.pdf))
    for (const said of ['Файл: Накладная № 14.txt (3 КБ)', file.sha256, 'Так, как его передали.', 'Файл удалён', 'медиатор'])
      expect(words).toContain(said)
    const everything = `${fromUtf8(partOf(zip, RECORD_PART.record))}${words}`
    for (const trace of ['Лишнее', gone.file.sha256, CANARY, apart.file.sha256]) expect(everything).not.toContain(trace)
    expect((await verified(zip)).overall).toBe('consistent-authority-unknown')
  })

  it('[REC-3] names the part where a byte was changed, and calls nothing changed that was only packed again', async () => {
    const it = await scene()
    const { bytes } = await exported(it, it.open.people[0].browser, it.open.caseId)
    const files = filesOf(bytes)
    const changed = async (name: string, change: (text: string) => string) =>
      verified(writeZip(files.map((file) => (file.name === name ? { ...file, bytes: utf8(change(fromUtf8(file.bytes))) } : file))))
    const lies: readonly ((json: string) => string)[] = [
      (json) => json.replace('Біздің тарап: 1', 'Біздің тарап: 2'),
      (json) => json.replace(/"at": (\d+)/, '"at": 1'),
      (json) => json.replace('Айгүл Серік', 'Айгүл Серик'),
      (json) => json.replace(/"exportedAt": \d/, '"exportedAt": 2'),
      (json) => json.replace('"digests"', '"digests" '),
    ]
    for (const lie of lies)
      expect(await changed(RECORD_PART.record, lie)).toMatchObject({
        overall: 'broken',
        parts: expect.arrayContaining([expect.objectContaining({ part: RECORD_PART.record, state: 'broken' })]),
      })
    for (const name of [RECORD_PART.readme, RECORD_PART.pdf, RECORD_PART.authority, RECORD_PART.sealing]) {
      const other = files.map((file) =>
        file.name === name ? { ...file, bytes: file.bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte)) } : file,
      )
      const report = await verified(writeZip(other))
      expect([name, report.overall, report.parts.find(({ part }) => part === name)?.state]).toEqual([name, 'broken', 'broken'])
    }
    const again = zipSync(Object.fromEntries(files.map((file) => [file.name, file.bytes])))
    expect(await verified(again)).toMatchObject({ overall: 'not-whole' })
    expect((await verified(again)).parts.filter(({ state }) => state === 'broken')).toEqual([])
    expect(
      await verifyFile(subtle, { kind: 'folder', files: files.map((file) => ({ ...file, name: `record/${file.name}` })) }),
    ).toMatchObject({
      overall: 'not-whole',
      jointRecord: {},
    })
    const less = writeZip(files.filter(({ name }) => name !== RECORD_PART.pdf))
    expect(await verified(less)).toMatchObject({ overall: 'not-whole' })
    const newer = await changed(RECORD_PART.record, (json) => json.replace('bitim-joint-record/1', 'bitim-joint-record/2'))
    expect(newer).toMatchObject({ overall: 'unsupported' })
  })

  it('[REC-4] is given to whoever reads it from its beginning, and to nobody else', async () => {
    const it = await scene()
    const { world, open } = it
    const other = await openCase(world, open.staff, newCase(' 2'))
    expect((await exported(it, other.people[0].browser, open.caseId)).status).toBe(404)
    const [side] = it.room.sides
    const person = { sideId: side, role: 'representative', name: 'Мария Жук', authority: 'доверенность № 3', language: 'ru' } as const
    const participantId = asId<ParticipantId>('lawyer'.padEnd(22, '_'))
    const { invitationId } = answered(
      await open.staff.call(casePersonAdd, { caseId: open.caseId, participantId, ...person, phone: '+77010001122' }),
    )
    const lawyer = world.browser()
    const session = answered(await lawyer.call(joinEnter, { ...(await linkAndCode(open.staff, invitationId)), keep: true }))
    lawyer.token = session.token
    expect((await exported(it, lawyer, open.caseId)).status).toBe(404)
    const at = await device(world, session)
    accepted(await say(at.socket, agreementConfirm, { agreement: true, explanation: true, remoteForm: true }))
    accepted(await say(it.room.mediator.socket, personAdmit, { participantId, to: 'all' }))
    expect(await exported(it, lawyer, open.caseId)).toMatchObject({ status: 403, reason: 'joint-record/not-whole' })
    accepted(await say(it.room.mediator.socket, earlierOpen, { audience: 'all', participantId, from: 1 }))
    expect((await exported(it, lawyer, open.caseId)).status).toBe(200)
  })

  it('[REC-5] of a judge’s conciliation there is none for anybody', async () => {
    const it = await scene('judge')
    for (const browser of [it.open.staff, ...it.open.people.map((each) => each.browser)])
      expect(await exported(it, browser, it.open.caseId)).toMatchObject({ status: 403, reason: 'joint-record/judge' })
  })

  it('[REC-6] once the mediator has closed it nothing more is written to all, and the record says when that was', async () => {
    const it = await scene()
    const { mediator, people } = it.room
    expect(await say(mediator.socket, recordClose, {})).toMatchObject({ ok: false, problem: { reason: 'messaging/record-open' } })
    accepted(await say(mediator.socket, sessionEnd, {}))
    accepted(await say(mediator.socket, mediationEnd, { ground: 'circumstances' }))
    for (const person of people)
      expect(await say(person.socket, recordClose, {})).toMatchObject({ ok: false, problem: { kind: 'forbidden' } })
    expect((await verified((await exported(it, it.open.staff, it.open.caseId)).bytes)).jointRecord?.closedAt).toBeUndefined()
    accepted(await say(mediator.socket, recordClose, {}))
    const { bytes } = await exported(it, it.open.staff, it.open.caseId, 'kk')
    const report = await verified(bytes)
    expect(report.jointRecord?.closedAt).toBeGreaterThan(0)
    expect(wordsIn(partOf(bytes, RECORD_PART.pdf))).toContain('Медиатор жазбаны жапты')
    await people[0].resume()
    expect(await people[0].post('all', 'тағы')).toMatchObject({ ok: false, problem: { reason: 'messaging/record-closed' } })
  })
})
