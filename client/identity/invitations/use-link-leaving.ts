// How a link leaves this device: the server is told before, so that no code can follow it there, and afterwards what came of it. Nothing is
// recorded as gone that did not go.
import { useState } from 'react'
import { type RequestAction, useRequest } from '#client/http/use-request.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { type Invitation, invitationSend, type LinkWay } from '#shared/identity/invitation-protocol.ts'
import type { MadeLink } from './InvitationCard.tsx'
import type { WayOutcome } from './link-ways.ts'

interface LinkLeaving {
  readonly request: RequestAction
  readonly done: ReadonlySet<LinkWay>
  /** A way that the device did not let it go. */
  readonly refused: LinkWay | undefined
  /** Reserves the way, acts, and tells what came of it. `abandon`: the way is closed, nothing may leave. */
  readonly leave: (way: LinkWay, act: () => Promise<WayOutcome>, abandon?: () => void) => Promise<boolean>
  /** The server sends it, or it has left already. */
  readonly record: (way: LinkWay) => Promise<boolean>
}

export function useLinkLeaving(options: {
  readonly invitation: Invitation
  readonly made: MadeLink
  readonly onChange: (invitation: Invitation) => void
}): LinkLeaving {
  const { invitation, made, onChange } = options
  const call = useStaffCall()
  const request = useRequest()
  const [done, setDone] = useState<ReadonlySet<LinkWay>>(new Set())
  const [refused, setRefused] = useState<LinkWay>()
  const tell = async (way: LinkWay, step: 'reserve' | 'sent' | 'release') =>
    onChange(await call(invitationSend, { invitationId: invitation.id, secret: made.secret, way, step }))

  async function settle(way: LinkWay, outcome: WayOutcome): Promise<void> {
    // Whoever is asked to copy by hand may do so without saying it: that way stays reserved.
    if (outcome === 'refused') setRefused(way)
    if (outcome === 'refused' && way === 'copy') return
    await tell(way, outcome === 'sent' ? 'sent' : 'release')
    if (outcome === 'sent') setDone((before) => new Set(before).add(way))
  }

  return {
    request,
    done,
    refused,
    leave: (way, act, abandon) =>
      request.run(async () => {
        setRefused(undefined)
        try {
          await tell(way, 'reserve')
        } catch (error) {
          abandon?.()
          throw error
        }
        await settle(way, await act())
      }),
    record: (way) =>
      request.run(async () => {
        setRefused(undefined)
        await settle(way, 'sent')
      }),
  }
}
