// Makes the first case of a prepared folder long, before the server starts: messages in turn of everybody in it, each a commit of its own as
// a command makes one, stored in large batches by the log's own store. Rules are not asked, which would take a minute for a hundred thousand.
// `tsx bench/long-case/write-events.ts <folder> <events>` leaves the whole conversation, as its readers get it, in the folder.
import { readFileSync, writeFileSync } from 'node:fs'
import { commandMac } from '#server/log/commit-macs.ts'
import { encodeEvent } from '#server/log/event-codec.ts'
import type { Commit } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import { newEvent } from '#shared/log/decide.ts'
import { emptyAudience } from '#shared/log/fold.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { openLog } from '../platform/open-log.ts'
import { type Seeded, sessionsFile } from '../platform/seeded.ts'
import { conversationFile } from './conversation-file.ts'

const AUDIENCE = 'all'
const BATCH = 2_000
// 200 bytes, half of them Cyrillic, as people here write.
const WORDS = 'Мы готовы оплатить остаток двумя частями: 500 000 ₸ до 10 декабря, the rest by 25 January, если корм будет принят по акту '

const [folder = '', events = '1000'] = process.argv.slice(2)
const { system, installation, keys, log, projections, close } = await openLog(folder)
const { entropy, clock } = system
const { storage, epoch } = installation

const { sessions } = JSON.parse(readFileSync(sessionsFile(folder), 'utf8')) as Seeded // written by seed.ts
const people = (sessions[0] ?? []).map(({ participantId }) => asId<ParticipantId>(participantId))
const caseId = asId<CaseId>(sessions[0]?.[0]?.caseId ?? '')
const key = await keys.load(caseId, AUDIENCE)
const state = await log.state(caseId)
let head = state.audiences.get(AUDIENCE) ?? emptyAudience(AUDIENCE)
let { commitNumber } = state
const said = [...(await log.readWhole(caseId, AUDIENCE))]

function nextCommit(): Commit {
  const by: By = people[head.seq % people.length] ?? 'system'
  const commandId = asId<CommandId>(base64url(entropy.bytes(16, 'bench')))
  const body = { id: commandId, text: `${head.seq}. ${WORDS}` }
  const encoding = { caseId, head, epoch, by, at: clock.now(), seen: '', key, entropy }
  const { stored, wire, parsed } = encodeEvent(newEvent(messagePosted, AUDIENCE, body), encoding)
  head = { ...head, epoch, seq: parsed.seq, hash: parsed.hash }
  said.push(wire)
  commitNumber++
  const unmarked = { caseId, commitNumber, by, commandId, events: [stored] }
  return { ...unmarked, commandMac: commandMac(key, unmarked, messagePost.name, { audience: AUDIENCE, ...body }) }
}

for (let left = Number(events) - head.seq; left > 0; left -= BATCH) {
  const commits = Array.from({ length: Math.min(BATCH, left) }, nextCommit)
  const answers = await storage.log.append(commits)
  if (answers.some((answer) => answer !== 'stored')) throw new Error('a commit was not stored')
}
// Otherwise the first start would read the whole case for the lists, before anybody opens it.
await log.refresh(caseId)
await projections.catchUp()
await close()
writeFileSync(conversationFile(folder), said.map((event) => JSON.stringify(event)).join('\n'))
process.exit(0)
