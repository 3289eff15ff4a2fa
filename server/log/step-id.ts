import { createHash } from 'node:crypto'
import { base64url } from '#shared/kernel/bytes.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'

/** The command id of a step that follows from something: the same on every server and after every start. */
export function stepId(cause: string): CommandId {
  return asId<CommandId>(base64url(createHash('sha256').update(cause).digest().subarray(0, 16)))
}
