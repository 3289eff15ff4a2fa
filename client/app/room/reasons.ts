// Words for every reason that the room's commands are refused with.
import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { CaseReason } from '#shared/cases/case-protocol.ts'
import type { CaucusReason } from '#shared/caucus/caucus-protocol.ts'
import type { LogReason } from '#shared/log/log-protocol.ts'
import type { MessagingReason } from '#shared/messaging/messaging-protocol.ts'
import type { GrantReason } from '#shared/rooms/grant-protocol.ts'
import type { RoomReason } from '#shared/rooms/room-protocol.ts'

export function registerRoomReasons(): void {
  registerReasons({
    'messaging/closed': 'messaging.reason.closed',
    'messaging/record-closed': 'messaging.reason.record-closed',
    'messaging/record-open': 'messaging.reason.record-open',
    'messaging/locked': 'messaging.reason.locked',
    'messaging/line-interrupted': 'messaging.reason.line-interrupted',
    'messaging/readers-changed': 'messaging.reason.readers-changed',
    'messaging/already-removed': 'messaging.reason.already-removed',
    'messaging/removal-by-mediator': 'messaging.reason.removal-by-mediator',
    'caucus/not-invited': 'caucus.reason.not-invited',
    'caucus/not-open': 'caucus.reason.not-open',
    'caucus/already-invited': 'caucus.reason.already-invited',
    'caucus/no-session': 'caucus.reason.no-session',
    'caucus/nobody-there': 'caucus.reason.nobody-there',
    'rooms/not-arrived': 'rooms.reason.not-arrived',
    'rooms/not-confirmed': 'rooms.reason.not-confirmed',
    'rooms/already-in': 'rooms.reason.already-in',
    'rooms/caucus-only': 'rooms.reason.caucus-only',
    'rooms/joint-begun': 'rooms.reason.joint-begun',
    'rooms/no-session': 'rooms.reason.no-session',
    'rooms/group-over': 'rooms.reason.group-over',
    'rooms/not-inside': 'rooms.reason.not-inside',
    'rooms/too-many-groups': 'rooms.reason.too-many-groups',
    'cases/already-ended': 'rooms.reason.already-ended',
    'cases/not-confirmed': 'rooms.reason.case-not-confirmed',
    'cases/already-in-session': 'rooms.reason.already-in-session',
    'cases/not-in-session': 'rooms.reason.not-in-session',
    'cases/not-performing': 'rooms.reason.not-performing',
    'cases/suspended': 'rooms.reason.suspended',
    'cases/not-suspended': 'rooms.reason.not-suspended',
    'cases/side-full': 'rooms.reason.side-full',
    'cases/apart-full': 'rooms.reason.apart-full',
    'cases/minor-alone': 'rooms.reason.minor-alone',
    'rooms/minor-alone': 'rooms.reason.minor-alone-in',
    'rooms/no-consent': 'rooms.reason.no-consent',
    'rooms/grant-ended': 'rooms.reason.grant-ended',
    'log/storage-full': 'rooms.reason.storage-full',
    'log/forked': 'rooms.reason.forked',
    'log/forgotten': 'rooms.reason.forgotten',
    'log/unstorable': 'rooms.reason.unstorable',
    'log/too-fast': 'rooms.reason.too-fast',
    'log/day-full': 'rooms.reason.day-full',
    'log/case-full': 'rooms.reason.case-full',
  } satisfies Record<MessagingReason | CaucusReason | RoomReason | GrantReason | CaseReason | LogReason, TextId>)
}
