import { base64url, utf8 } from '#shared/kernel/bytes.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'

/** The same step has the same id on every server and after every start. */
export async function stepId(crypto: Digester, what: string): Promise<CommandId> {
  return asId<CommandId>(base64url((await sha256(crypto, utf8(what))).subarray(0, 16)))
}
