// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({ name: 'rooms', events: [grantGiven, grantEnded, roomJoined, roomLeft], folds: [roomFold] })
