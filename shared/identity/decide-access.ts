import { directAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { accessChanged, accessNote } from './access-protocol.ts'

export const noteAccessRule = systemRule({
  command: accessNote,
  sees: ({ participantId }) => [directAudience(participantId)],
  decide: (_view, { participantId, change }) => decided(newEvent(accessChanged, directAudience(participantId), change)),
})
