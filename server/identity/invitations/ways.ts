// The code never travels with the link: whoever reads one mailbox or one telephone must not hold both.
import { CODE_WAYS, type CodeWay } from '#shared/identity/code-ways.ts'
import { type LinkWay, meets } from '#shared/identity/invitation-protocol.ts'
import type { Delivery, InvitationRecord } from './invitation-store.ts'

/** The ways the present link went; those of earlier, void links do not count. */
export function linkWays(deliveries: readonly Delivery[], linkMadeAt: number): readonly LinkWay[] {
  return deliveries.flatMap(({ at, what, way }) => (what === 'link' && at >= linkMadeAt && way !== 'read-out' ? [way] : []))
}

/** As above, and those that it may have gone. */
export function possibleWays({
  link,
  deliveries,
  reserved = [],
}: Pick<InvitationRecord, 'link' | 'deliveries' | 'reserved'>): readonly LinkWay[] {
  return link ? [...linkWays(deliveries, link.madeAt), ...reserved] : []
}

export function codeMayGo(way: CodeWay, links: readonly LinkWay[]): boolean {
  return !links.some((link) => meets(link, way))
}

export function openCodeWays(links: readonly LinkWay[], reachable: (way: CodeWay) => boolean): CodeWay[] {
  return CODE_WAYS.filter((way) => reachable(way) && codeMayGo(way, links))
}
