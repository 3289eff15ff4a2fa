// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { procedureChanged } from './procedure-protocol.ts'
import { procedureFold } from './procedure-state.ts'
import { admitAct, setProcedureAct } from './room-acts.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({
  name: 'rooms',
  acts: [admitAct, setProcedureAct],
  events: [grantGiven, grantEnded, roomJoined, roomLeft, procedureChanged],
  folds: [roomFold, procedureFold],
})
