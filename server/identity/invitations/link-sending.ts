// How a link leaves: a way is reserved before anything goes, so that no code can follow it there; it is recorded as gone only once it went.
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { type LinkWay, linkMayGo } from '#shared/identity/invitation-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { InvitationId } from '#shared/kernel/ids.ts'
import { digestOf } from '../random.ts'
import type { Sending } from './invitation-delivery.ts'
import type { InvitationRecord, StoredInvitation } from './invitation-store.ts'

export interface LinkSending {
  /** By mail, or noted as gone. */
  sendLink(id: InvitationId, secret: string, way: LinkWay): Promise<void>
  /** Before it leaves the mediator's device: from then on no code goes where it may lie. */
  reserveLink(id: InvitationId, secret: string, way: LinkWay): Promise<void>
  /** Nothing has left that way. */
  releaseLink(id: InvitationId, secret: string, way: LinkWay): Promise<void>
}

interface Deps {
  readonly load: (id: InvitationId) => Promise<StoredInvitation>
  readonly change: (id: InvitationId, edit: (invitation: InvitationRecord) => InvitationRecord) => Promise<unknown>
  /** How a code that still can be typed went, if there is one. */
  readonly waitingWay: (id: InvitationId) => Promise<CodeWay | undefined>
  /** By mail; throws when that way is not open here. */
  readonly sending: (to: InvitationRecord, link: string) => Sending
  readonly linkOf: (secret: string) => string
  readonly now: () => number
}

export function makeLinkSending({ load, change, waitingWay, sending, linkOf, now }: Deps): LinkSending {
  async function loadLink(id: InvitationId, secret: string): Promise<StoredInvitation> {
    const stored = await load(id)
    if (stored.value.link?.digest === digestOf(secret)) return stored
    throw new AppError({ kind: 'not-found', reason: 'identity/link-unknown' })
  }

  const release = (id: InvitationId, way: LinkWay) => change(id, (invitation) => withoutReservation(invitation, way))
  const noteLink = (id: InvitationId, way: LinkWay, record: Sending['record'] = {}) =>
    change(id, (invitation) => withDelivery(withoutReservation(invitation, way), { at: now(), what: 'link', way, ...record }))

  /** Written down before the code is looked for, as a code is made before links are: of two that set out at once one sees the other. */
  async function reserve(id: InvitationId, way: LinkWay): Promise<void> {
    await change(id, (invitation) => ({ ...invitation, reserved: [...(invitation.reserved ?? []), way].slice(-KEPT_DELIVERIES) }))
    if (linkMayGo(way, await waitingWay(id))) return
    await release(id, way)
    throw new AppError({ kind: 'conflict', reason: 'identity/same-way', details: { way } })
  }

  return {
    async reserveLink(id, secret, way) {
      await loadLink(id, secret)
      await reserve(id, way)
    },
    async releaseLink(id, secret, way) {
      await loadLink(id, secret)
      await release(id, way)
    },
    async sendLink(id, secret, way) {
      const { value } = await loadLink(id, secret)
      const mailing = way === 'mail' ? sending(value, linkOf(secret)) : undefined
      // What was reserved has kept the code off this way since.
      if (!value.reserved?.includes(way)) await reserve(id, way)
      // A mail server that refuses may have taken the letter all the same: the way stays reserved, and is not called gone.
      await mailing?.send()
      await noteLink(id, way, mailing?.record)
    },
  }
}

const KEPT_DELIVERIES = 200

export function withDelivery(invitation: InvitationRecord, delivery: InvitationRecord['deliveries'][number]): InvitationRecord {
  return { ...invitation, deliveries: [...invitation.deliveries, delivery].slice(-KEPT_DELIVERIES) }
}

/** One of this way less: the latest. */
function withoutReservation(invitation: InvitationRecord, way: LinkWay): InvitationRecord {
  const at = invitation.reserved?.lastIndexOf(way) ?? -1
  return at < 0 ? invitation : { ...invitation, reserved: invitation.reserved?.toSpliced(at, 1) ?? [] }
}
