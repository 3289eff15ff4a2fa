import { describe, expect, it } from 'vitest'
import { canDecline, canRecordPaper, canReopen, canSign, canWithdrawSignature, type SigningSituation } from './signing-policy.ts'

const ACTIONS = { canSign, canWithdrawSignature, canDecline, canReopen, canRecordPaper }
type Action = keyof typeof ACTIONS

const side: SigningSituation = {
  role: 'party',
  signer: true,
  phase: 'mediating',
  version: 'frozen',
  sealed: true,
  own: 'none',
  sides: 'hidden',
}
const mediator: SigningSituation = { ...side, role: 'mediator', sides: 'all' }

const table: readonly (readonly [string, SigningSituation, readonly Action[]])[] = [
  ['a party who has not signed', side, ['canSign', 'canDecline']],
  ['a representative who has not signed', { ...side, role: 'representative' }, ['canSign', 'canDecline']],
  ['a party who has signed', { ...side, own: 'stands' }, ['canWithdrawSignature', 'canDecline']],
  ['a representative who has signed', { ...side, role: 'representative', own: 'stands' }, ['canWithdrawSignature', 'canDecline']],
  ['a party before the version is sealed', { ...side, sealed: false }, ['canDecline']],
  ['the mediator, all sides signed', mediator, ['canSign', 'canReopen']],
  ['the mediator, some signed', { ...mediator, sides: 'some' }, ['canReopen']],
  ['the mediator, nobody signed', { ...mediator, sides: 'none' }, ['canReopen', 'canRecordPaper']],
  ['the mediator before the version is sealed', { ...mediator, sides: 'none', sealed: false }, ['canReopen']],
  ['the mediator with a signature of their own', { ...mediator, own: 'stands' }, ['canReopen', 'canWithdrawSignature']],
]

const everybody: readonly SigningSituation[] = table.map(([, situation]) => situation)

describe('what may be done with a frozen version', () => {
  it.each(table)('[SIG-50] %s', (_who, situation, allowed) => {
    const may = (Object.keys(ACTIONS) as Action[]).filter((action) => ACTIONS[action](situation))
    expect(may.sort()).toEqual([...allowed].sort())
  })

  it('[SIG-31] a mediator who came after the text was closed may open it again, and nothing else', () => {
    const may = (situation: SigningSituation) => (Object.keys(ACTIONS) as Action[]).filter((action) => ACTIONS[action](situation))
    expect(may({ ...mediator, signer: false })).toEqual(['canReopen'])
    expect(may({ ...mediator, signer: false, version: 'agreed' })).toEqual([])
    expect(may({ ...mediator, signer: false, version: 'open' })).toEqual([])
  })

  it.each((Object.keys(ACTIONS) as Action[]).filter((action) => action !== 'canReopen'))(
    '[SIG-50] %s is nothing for those whom the version does not name',
    (action) => {
      for (const situation of everybody) expect(ACTIONS[action]({ ...situation, signer: false })).toBe(false)
    },
  )

  it.each(Object.keys(ACTIONS) as Action[])('[SIG-33] %s is nothing for a version that is open again or agreed', (action) => {
    for (const situation of everybody) {
      expect(ACTIONS[action]({ ...situation, version: 'open' })).toBe(false)
      expect(ACTIONS[action]({ ...situation, version: 'agreed' })).toBe(false)
    }
  })

  it.each(Object.keys(ACTIONS) as Action[])('[SIG-51] %s is nothing once the mediation is over', (action) => {
    for (const phase of ['performing', 'closed'] as const) {
      for (const situation of everybody) expect(ACTIONS[action]({ ...situation, phase })).toBe(false)
    }
  })
})
