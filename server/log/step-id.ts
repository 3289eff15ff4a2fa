import { idFrom } from '#server/kernel/digest.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'

/** The command id of a step that follows from something: the same on every server and after every start. */
export function stepId(cause: string): CommandId {
  return asId<CommandId>(idFrom(cause))
}
