import { describe, expect, it } from 'vitest'
import type { AccessChange } from '#shared/identity/access-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { accessLines } from './access-lines.ts'
import { MAX_ACCESS_LINES } from './sealed-records.ts'

const signers = Array.from({ length: 12 }, (_, at) => asId<ParticipantId>(`signer-${at}`.padEnd(22, '_')))
const mediator = asId<ParticipantId>('mediator______________')
const bound = (deviceId: string): AccessChange => ({ what: 'device-bound', deviceId, device: deviceId, code: 'read-out' })
const ended = (deviceId: string): AccessChange => ({ what: 'device-ended', deviceId, by: mediator })

function linesOf(changes: ReadonlyMap<ParticipantId, readonly AccessChange[]>) {
  const entriesOf = new Map([...changes].map(([person, list]) => [directAudience(person), list.map((change, at) => ({ ...change, at }))]))
  // The one fold that is asked for.
  const view = { state: (_fold: unknown, audience: never) => ({ entries: entriesOf.get(audience) ?? [] }) } as unknown as Pick<
    View,
    'state'
  >
  return accessLines(view, signers)
}

describe('how signers got in', () => {
  it('[SIG-140] one signer’s many lines are told in the room that the others do not need, and take none of theirs', () => {
    const [many] = signers
    if (!many) throw new Error('signers')
    const devices = Array.from({ length: 400 }, (_, at) => `d${at}`)
    const own = devices.flatMap((device) => [bound(device), ended(device)])
    const lines = linesOf(new Map(signers.map((person) => [person, person === many ? own : [bound('own')]])))
    expect(lines.filter(({ participantId }) => participantId === many)).toHaveLength(own.length)
    for (const person of signers.slice(1)) expect(lines.filter(({ participantId }) => participantId === person)).toHaveLength(1)
  })

  it('[SIG-140] the same said many times over is told once, and what differs stays', () => {
    const [person] = signers
    if (!person) throw new Error('signers')
    const shown: AccessChange = { what: 'contact-confirmed', way: 'mail', deviceId: 'a' }
    const prepared: AccessChange[] = [
      { what: 'link-made', by: mediator },
      { what: 'contacts-changed', by: mediator, contacts: ['phone'] },
      { what: 'contacts-changed', by: mediator, contacts: ['email'] },
    ]
    const changes = [bound('a'), ...Array.from({ length: 50 }, () => shown), ...prepared, ...prepared, bound('b'), shown]
    const lines = linesOf(new Map([[person, changes]]))
    expect(lines.map(({ what }) => what)).toEqual([
      'device-bound',
      'contact-confirmed',
      'link-made',
      'contacts-changed',
      'device-bound',
      'contact-confirmed',
    ])
  })

  it('[SIG-140] where there is not room for all, each keeps the last of their own', () => {
    const own = Array.from({ length: MAX_ACCESS_LINES }, (_, at) => bound(`d${at}`))
    const lines = linesOf(new Map(signers.map((person) => [person, own])))
    expect(lines.length).toBeLessThanOrEqual(MAX_ACCESS_LINES)
    for (const person of signers) {
      const their = lines.filter(({ participantId }) => participantId === person)
      expect(their.length).toBeGreaterThanOrEqual(Math.floor(MAX_ACCESS_LINES / signers.length))
      expect(their.at(-1)?.device).toBe('d999')
    }
  })
})
