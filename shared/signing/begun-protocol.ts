import * as z from 'zod/mini'
import type { VersionId } from '#shared/kernel/ids.ts'
import { defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'

/** With the seal, into the line of each signer of a side: which of their devices came before it, the order of that line says. */
export const signingBegun = defineEvent('signing:begun', 1, z.strictObject({ versionId: idField<VersionId>() }))
