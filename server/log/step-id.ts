import { idFrom } from '#server/kernel/digest.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'

/** The command id of a step that follows from something: the same on every server and after every start. */
export function stepId(cause: string): CommandId {
  return asId<CommandId>(idFrom(cause))
}

/** The command id of a step that nothing else names. */
export function newStepId(entropy: Entropy): CommandId {
  return asId<CommandId>(base64url(entropy.bytes(16, 'step')))
}
