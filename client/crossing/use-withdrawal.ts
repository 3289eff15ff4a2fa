// Taking a permission back, queued like a message: without a connection it waits and goes by itself; what came too late is told.

import type { OutboxEntry } from '#client/realtime/outbox-entries.ts'
import { useCaseClient, useOutboxEntries } from '#client/realtime/use-case.tsx'
import { permissionWithdraw } from '#shared/crossing/crossing-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { PermissionId } from '#shared/kernel/ids.ts'

interface Withdrawal {
  readonly waits: boolean
  readonly refused: Problem | undefined
  withdraw(): void
  /** What was refused has been read. */
  dismiss(): void
}

export function useWithdrawal(audience: Audience, permissionId: PermissionId): Withdrawal {
  const client = useCaseClient()
  const mine = withdrawalsIn(useOutboxEntries(), audience).findLast((entry) => isOf(entry, permissionId))
  const refused = mine?.state.kind === 'refused' ? mine.state.problem : undefined
  return {
    waits: mine !== undefined && refused === undefined,
    refused,
    withdraw: () => void client.put(permissionWithdraw, audience, () => ({ audience, permissionId })),
    dismiss: () => mine && void client.outbox.discard(mine.id),
  }
}

export function withdrawalsIn(entries: readonly OutboxEntry[], audience: Audience): readonly OutboxEntry[] {
  return entries.filter((entry) => entry.name === permissionWithdraw.name && entry.audience === audience)
}

/** Entries are written by this client alone. */
function isOf({ input }: OutboxEntry, permissionId: PermissionId): boolean {
  return typeof input === 'object' && input !== null && 'permissionId' in input && input.permissionId === permissionId
}
