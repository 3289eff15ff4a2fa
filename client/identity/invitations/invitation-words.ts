import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { type Invitation, type LinkWay, meets } from '#shared/identity/invitation-protocol.ts'

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

/** «WhatsApp opened, 22.11.2026 14:03»: what is known of the last way that the link went; else of the ways it may have gone. */
export function linkWords({ deliveries, reserved }: Invitation, t: Translate, f: Formats): string {
  const last = deliveries.findLast(({ what }) => what === 'link')
  if (last && last.way !== 'read-out')
    return `${deliveryWords(last.way, last.local === true, t)}, ${f.numericDate(last.at)} ${f.time(last.at)}`
  if (reserved.length === 0) return t('identity.invitation.link.none')
  return t('identity.invitation.link.reserved', { ways: [...new Set(reserved)].map((way) => t(`identity.way.${way}`)).join(', ') })
}

/** How a link went; a letter that went no further than this machine is not called sent. */
export function deliveryWords(way: LinkWay, local: boolean, t: Translate): string {
  return t(local ? 'identity.went.local' : `identity.went.${way}`)
}

/** Whether the last letter of this way went no further than this machine. */
export function keptLocal({ deliveries }: Invitation, what: 'link' | 'code', way: LinkWay | CodeWay): boolean {
  return deliveries.findLast((each) => each.what === what && each.way === way)?.local === true
}

/** The link went, or may have gone, where a code of this way arrives. */
export function linkMeets({ deliveries, reserved }: Invitation, way: CodeWay): boolean {
  const went = deliveries.flatMap((each) => (each.what === 'link' && each.way !== 'read-out' ? [each.way] : []))
  return [...went, ...reserved].some((link) => meets(link, way))
}

/** «20:10» today, «23 нояб., 20:10» later. */
export function untilWords(at: number, now: number, f: Formats): string {
  return f.isoDate(at) === f.isoDate(now) ? f.time(at) : `${f.shortDate(at)}, ${f.time(at)}`
}
