// Every command that a person can ask for, aimed at side or person `whom` of a case of three sides: what proves of each of them that
// nobody else learns of it.

import { everyUploadOf } from '#server/files/testing/uploaded.ts'
import { callEnd, callOpen, callPause, callResume } from '#shared/calls/calls-protocol.ts'
import {
  agreementConfirm,
  caseClose,
  mediationResume,
  mediationSuspend,
  numberCorrect,
  sessionEnd,
  sessionStart,
  titleCorrect,
} from '#shared/cases/case-protocol.ts'
import { personAdd, personCorrect, personEnd } from '#shared/cases/people-protocol.ts'
import { callAnswer, caucusEnd, caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { mediatorMove } from '#shared/caucus/minutes/minutes-protocol.ts'
import { childReportHandOver, childReportMake } from '#shared/child-report/child-report-protocol.ts'
import {
  messageMark,
  permissionDeliver,
  permissionGive,
  permissionRedact,
  permissionWithdraw,
  wordingAnswer,
  wordingAsk,
  wordingRedact,
} from '#shared/crossing/crossing-protocol.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import { roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type FileId, type ParticipantId, type RoomId, type SideId, type TaskId } from '#shared/kernel/ids.ts'
import { recordClose } from '#shared/messaging/joint-record-protocol.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { readMark } from '#shared/messaging/read-marks-protocol.ts'
import { safetyAnswer } from '#shared/preparation/safety-protocol.ts'
import { statementAllow, statementWrite } from '#shared/preparation/statement-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { consentAnswer, consentAsk } from '#shared/rooms/consent-protocol.ts'
import { grantGive, grantTake } from '#shared/rooms/grant-protocol.ts'
import { groupEnd, groupEnter, groupInvite, groupLeave, groupOpen, groupRelease, groupRename } from '#shared/rooms/group-protocol.ts'
import { roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'
import { procedureSet } from '#shared/rooms/procedure-protocol.ts'
import { earlierOpen, personAdmit } from '#shared/rooms/room-protocol.ts'
import { datesAnswer, datesPropose, meetingCancel, meetingFix } from '#shared/scheduling/ask-dates-protocol.ts'
import { estimateGive, estimateWithdraw } from '#shared/waiting/estimate-protocol.ts'
import { taskAnswer, taskGive, taskWithdraw } from '#shared/waiting/task-protocol.ts'
import { idOf, type SupplyCase } from './case-world.ts'
import { setClock } from './clock.ts'

export const NEXT_DAY = setClock().now() + 86_400_000
export const PROPOSAL = idOf<CommandId>('proposal')
/** Is in the case, and in no room of it before one is opened to them. */
export const observer = idOf<ParticipantId>('observer')

/** In the place of a number that is known once the game is on: where the permission or wording of that id stands. */
export const SHOWN = 999_999

type AnyCommand = CommandDefinition<WireName, never>

export interface Row {
  readonly command: AnyCommand
  readonly input: unknown
  /** Of whom nobody is told but those of that side's room, of the room of its number, or of their doer's own: all but the first are others'. */
  readonly hidden: 'in-room' | 'always' | undefined
}

function row(command: unknown, input: unknown, hidden?: Row['hidden']): Row {
  return { command: command as AnyCommand, input, hidden } // each row pairs a command with its own input; the log parses it
}

/** Where `whom` leads. */
function aimedAt(world: SupplyCase, whom: number) {
  const sideId = world.sides[whom % world.sides.length] ?? idOf<SideId>('none')
  const participantId = world.people[whom % world.people.length]?.id
  // A room for each: `whom` 0 is in the first, the others are in rooms that the watcher is not in.
  const roomId = asId<RoomId>(`room-${whom % 3}`.padEnd(22, '_'))
  const room = roomAudience(roomId)
  // from the second side to the third
  const source = sideAudience(world.sides[1])
  const to = sideAudience(world.sides[2] ?? idOf<SideId>('none'))
  const permission = { audience: source, permissionId: idOf(`permission-${whom}`) }
  const filePermission = { audience: source, permissionId: idOf('file-permission') }
  const fileId = (nth: number) => asId<FileId>(idOf<CommandId>(`file-${nth}`))
  const { sha256, name } = everyUploadOf(fileId(1))
  const file = { kind: 'file', fileId: fileId(1), sha256, name }
  const wording = { audience: sideAudience(sideId), wordingId: idOf('wording') }
  const task = { sideId, taskId: idOf<TaskId>('task') }
  return { world, whom, sideId, participantId, roomId, room, to, permission, filePermission, fileId, file, wording, task }
}
type Aim = ReturnType<typeof aimedAt>

export function everyCommand(world: SupplyCase, whom: number, id: CommandId): readonly Row[] {
  const aim = aimedAt(world, whom)
  return [...inRooms(aim, id), ...toTheMediator(aim, id), ...whatIsLeft(aim)]
}

function inRooms({ world, whom, sideId, participantId, roomId, room }: Aim, id: CommandId): readonly Row[] {
  return [
    row(messagePost, { audience: 'all', id, text: 'всем' }),
    row(messagePost, { audience: sideAudience(sideId), id, text: 'тек медиаторға' }, 'in-room'),
    row(caucusInvite, { sideId }, 'in-room'),
    row(caucusEnter, { sideId, company: 'alone' }, 'in-room'),
    row(caucusEnd, { sideId }, 'in-room'),
    row(mediatorCall, { sideId, reason: 'pause' }, 'in-room'),
    row(callAnswer, { sideId }, 'in-room'),
    row(sessionEnd, {}),
    row(sessionStart, {}),
    row(agreementConfirm, { agreement: true, explanation: true, remoteForm: true }),
    row(personAdmit, { participantId, to: 'all' }),
    row(personEnd, { participantId: idOf('nobody') }),
    row(personEnd, { participantId: whom % 3 === 0 ? idOf('nobody') : participantId }),
    row(personCorrect, { participantId, name: `Айгүл Серікқызы ${whom}`, language: 'kk' }),
    row(personAdd, { participantId: id, sideId, role: 'representative', name: 'Өкіл', language: 'ru' }),
    row(caseClose, {}),
    row(messageRedact, { audience: 'all', epoch: 1, seq: 6 + (whom % 8) }),
    row(
      readMark,
      {
        marks: [
          { audience: 'all', seq: 6 + whom },
          { audience: sideAudience(sideId), seq: 1 + whom },
        ],
      },
      'always',
    ),
    row(groupOpen, { roomId, name: 'Бөлек', people: [participantId], end: { way: whom === 1 ? 'session' : 'open' } }, 'in-room'),
    row(messagePost, { audience: room, id, text: 'осында ғана' }, 'in-room'),
    row(groupEnter, { roomId }, 'in-room'),
    row(groupInvite, { roomId, people: [world.people[whom % 3 === 0 ? 0 : 2]?.id] }, 'in-room'),
    row(groupRename, { roomId, name: `Мерзім ${whom}` }, 'in-room'),
    row(groupRelease, { roomId, participantId }, 'in-room'),
    row(groupLeave, { roomId }, 'in-room'),
    row(roomLock, { audience: room, what: 'messages' }, 'in-room'),
    row(roomUnlock, { audience: room, what: 'messages' }, 'in-room'),
    row(groupEnd, { roomId }, 'in-room'),
    row(roomLock, { audience: 'all', what: 'messages' }),
    row(roomUnlock, { audience: 'all', what: 'messages' }),
    row(earlierOpen, { audience: sideAudience(sideId), participantId, from: 1 }, 'in-room'),
  ]
}

function toTheMediator({ world, whom, sideId, participantId, to, permission, fileId, wording, task }: Aim, id: CommandId): readonly Row[] {
  return [
    // on their doer's own line to the mediator
    row(datesAnswer, { proposalId: PROPOSAL, answers: whom % 2 === 0 ? ['no', 'no'] : ['yes', 'maybe'], words: 'тек кешке' }, 'always'),
    row(safetyAnswer, { speak: whom % 2 === 0 ? 'no' : 'phone', afraid: 'yes' }, 'always'),
    row(statementWrite, { part: whom % 2 === 0 ? 'mediator' : 'all', text: `тек медиаторға ${whom}` }, 'always'),
    row(statementAllow, { allowed: whom % 2 === 0, written: whom }, 'always'),
    // for everybody alike
    row(datesPropose, { proposalId: PROPOSAL, times: [NEXT_DAY, NEXT_DAY + 3_600_000], zone: 'Asia/Almaty', minutes: 60, required: [] }),
    row(procedureSet, { caucusOnly: false, noVideo: whom % 2 === 0, breaks: true, interpreter: false }),
    row(messageMark, { audience: sideAudience(sideId), epoch: 1, seq: 4 + whom, mark: 'you-may-tell' }, 'in-room'),
    row(wordingAsk, { ...wording, of: participantId, text: 'Подождём до мая' }, 'in-room'),
    row(wordingAnswer, { ...wording, seq: SHOWN, isRight: true }, 'in-room'),
    row(
      permissionGive,
      { ...permission, what: { kind: 'own', text: 'Подождём' }, to, readers: [world.mediator.id, world.people[2]?.id] },
      'always',
    ),
    row(permissionWithdraw, { ...permission, permissionId: idOf('permission-1') }, 'always'),
    row(permissionDeliver, { ...permission, seq: SHOWN }, 'always'),
    row(personAdd, { participantId: observer, role: 'observer', name: 'Бақылаушы', language: 'ru' }),
    row(consentAsk, { audience: sideAudience(sideId), participantId: observer }, 'in-room'),
    row(consentAnswer, { audience: sideAudience(sideId), participantId: observer, agreed: true }, 'in-room'),
    row(grantGive, { audience: sideAudience(sideId), participantId: observer }, 'in-room'),
    row(grantTake, { audience: sideAudience(sideId), participantId: observer }, 'in-room'),
    row(filePost, { audience: sideAudience(sideId), id, fileId: fileId(whom), text: 'тек медиаторға' }, 'in-room'),
    row(taskGive, { to: [task], task: { kind: 'write', ask: 'Мерзімін жазыңыз' } }, 'in-room'),
    row(taskAnswer, { ...task, answer: { kind: 'write', text: `мамырға дейін ${whom}` } }, 'in-room'),
    row(taskWithdraw, task, 'in-room'),
    row(estimateGive, { at: NEXT_DAY - 60_000 * (1 + whom) }),
    row(estimateWithdraw, {}),
    // where the mediator is, for their own minutes alone
    row(mediatorMove, { place: whom === 0 ? 'all' : sideAudience(sideId) }, 'always'),
  ]
}

function whatIsLeft({ world, whom, sideId, to, permission, filePermission, file, wording }: Aim): readonly Row[] {
  return [
    // all that is left of what a side does in its own room, or the mediator there
    row(roomLock, { audience: sideAudience(sideId), what: 'files' }, 'in-room'),
    row(roomUnlock, { audience: sideAudience(sideId), what: 'files' }, 'in-room'),
    row(permissionGive, { ...filePermission, what: file, to, readers: [world.mediator.id, world.people[2]?.id] }, 'always'),
    row(permissionDeliver, { ...filePermission, seq: SHOWN }, 'always'),
    row(messageRedact, { audience: sideAudience(sideId), epoch: 1, seq: 4 + whom }, 'in-room'),
    row(permissionRedact, permission, 'always'),
    row(wordingRedact, wording, 'in-room'),
    row(consentAnswer, { audience: 'all', participantId: observer, agreed: whom !== 1 }, 'always'),
    row(childReportMake, { reportId: idOf('report'), text: 'тек өзіме' }, 'always'),
    row(childReportHandOver, { reportId: idOf('report'), way: 'post' }, 'always'),
    // for everybody alike
    row(consentAsk, { audience: 'all', participantId: observer }),
    row(titleCorrect, { title: `Береке — Дала Жем ${whom}` }),
    row(numberCorrect, { number: `2026-00001${whom}` }),
    row(mediationSuspend, { reason: 'papers' }),
    row(mediationResume, {}),
    row(meetingFix, { at: NEXT_DAY + whom, zone: 'Asia/Almaty', minutes: 60, place: { kind: 'online' }, seen: 0 }),
    row(meetingCancel, { meetingId: idOf('meeting') }),
    row(callOpen, {}),
    row(callPause, {}),
    row(callResume, {}),
    row(callEnd, {}),
    row(recordClose, {}),
  ]
}

/** What the table leaves out, and where it is proven that nobody learns of it who may not. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'mediation:end': 'ends the case for all alike',
  'mediation:leave': 'equal-views.test.ts: leaving is answered the same whatever was said elsewhere',
  'mediator:add': 'follows from what all sides have answered, and is told to all: server/rooms/mediation.test.ts',
  'statements:show': 'shows to all what its authors allowed: server/preparation/preparation.test.ts (PRE-23)',
  'draft:give-ready': 'asks for the draft: server/drafting',
  'draft:withdraw-ready': 'as giving it',
  'draft:request-freeze': 'closes the text for all alike: server/drafting',
  'draft:bring-back': 'changes the draft for all alike: server/drafting',
  'draft:begin-anew': 'changes the draft for all alike: server/drafting',
  'draft:undo-deletion': 'changes the draft for all alike: server/drafting',
  'signature:give': 'asks for a closed text: server/signing (SIG-90)',
  'signature:withdraw': 'as giving it',
  'version:decline': 'asks for a closed text: server/signing (SIG-90)',
  'version:reopen': 'is told to all alike: server/signing',
  'paper:record': 'is told to all alike: server/signing',
}
