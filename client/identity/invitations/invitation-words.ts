import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import type { CodeWay, Invitation, LinkWay } from '#shared/identity/invitation-protocol.ts'

type InvitationTone = 'good' | 'warn' | 'bad' | undefined

export function toneOf(invitation: Invitation): InvitationTone {
  switch (invitation.state) {
    case 'joined':
      return 'good'
    case 'locked':
    case 'revoked':
      return 'bad'
    case 'sent':
      return 'warn'
    default:
      return undefined
  }
}

/** What the mediator would do next with this person. */
export function nextAct(invitation: Invitation): 'link' | 'code' | 'nothing' {
  switch (invitation.state) {
    case 'made':
    case 'revoked':
      return 'link'
    case 'locked':
      return 'code'
    case 'sent':
      return invitation.code === null ? 'code' : 'nothing'
    default:
      return 'nothing'
  }
}

/** «SMS, 22.11.2026 14:03», the last way of each kind. */
export function lastDelivery(invitation: Invitation, what: 'link' | 'code', t: Translate, f: Formats): string | undefined {
  const last = invitation.deliveries.findLast((delivery) => delivery.what === what)
  return last && `${t(`identity.way.${last.way}`)}, ${f.numericDate(last.at)} ${f.time(last.at)}`
}

/** «20:10» today, «23 нояб., 20:10» later. */
export function untilWords(at: number, now: number, f: Formats): string {
  return f.isoDate(at) === f.isoDate(now) ? f.time(at) : `${f.shortDate(at)}, ${f.time(at)}`
}

/** A way on which a waiting code already went is closed to the link, and the other way round. */
export function linkWayOpen(way: LinkWay, codeWaiting: CodeWay | undefined): boolean {
  if (codeWaiting === undefined || codeWaiting === 'read-out') return true
  return way !== codeWaiting && way !== 'share' && way !== 'copy'
}
