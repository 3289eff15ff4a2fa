import { createHmac, generateKeyPairSync } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { describe, expect, it } from 'vitest'
import { setClock } from '#server/testing/clock.ts'
import { testId } from '#server/testing/test-id.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { keyFor } from '../random.ts'
import { createTokens, TOKEN_SECONDS } from './tokens.ts'

const tokenKey = new Uint8Array(32).fill(3)
const staffKey = Buffer.from(keyFor(tokenKey, 'jwt staff'))
const sessionId = testId('session') as string
const staff = { kind: 'staff', accountId: testId<AccountId>('account'), role: 'owner', sessionId } as const
const party = { kind: 'person', caseId: testId<CaseId>('case'), participantId: testId<ParticipantId>('party'), sessionId } as const

function fixture() {
  const clock = setClock()
  const tokens = createTokens({ tokenKey, clock })
  const iat = clock.now() / 1000
  const good = { sub: staff.accountId, role: 'owner', sid: sessionId, iat, exp: iat + 600, iss: 'bitim', aud: 'bitim:staff' }
  return { clock, tokens, good }
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('access tokens', () => {
  it('[IDE-4] what was signed is read back, for ten minutes', () => {
    const { clock, tokens } = fixture()
    for (const subject of [staff, party]) {
      const { token, expiresAt } = tokens.sign(subject)
      expect(expiresAt).toBe(clock.now() + TOKEN_SECONDS * 1000)
      expect(tokens.verify(token)).toEqual({ ...subject, expiresAt })
    }
    const { token, expiresAt } = tokens.sign(staff)
    clock.set(expiresAt - 1000)
    expect(tokens.verify(token)).toBeDefined()
    clock.set(expiresAt)
    expect(tokens.verify(token)).toBeUndefined()
  })

  it('[IDE-4] the fixture of the forgeries below is a good token when nothing is forged', () => {
    const { tokens, good } = fixture()
    expect(tokens.verify(jwt.sign(good, staffKey, { algorithm: 'HS256' }))).toMatchObject({ kind: 'staff' })
  })

  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' })
  type Good = ReturnType<typeof fixture>['good']
  const { exp: _exp, ...endless } = fixture().good
  it.each<[string, (good: Good) => string]>([
    ['no algorithm', (good) => `${part({ alg: 'none', typ: 'JWT' })}.${part(good)}.`],
    ['no algorithm, spelled otherwise', (good) => `${part({ alg: 'nOnE' })}.${part(good)}.`],
    [
      'no algorithm, a good signature of another',
      (good) => `${part({ alg: 'none' })}.${part(good)}.${jwt.sign(good, staffKey).split('.')[2]}`,
    ],
    ['another key', (good) => jwt.sign(good, Buffer.alloc(32, 9), { algorithm: 'HS256' })],
    ['the token key itself', (good) => jwt.sign(good, Buffer.from(tokenKey), { algorithm: 'HS256' })],
    [
      'an empty key',
      (good) =>
        `${part({ alg: 'HS256' })}.${part(good)}.${createHmac('sha256', '')
          .update(`${part({ alg: 'HS256' })}.${part(good)}`)
          .digest('base64url')}`,
    ],
    ['another algorithm with the right key', (good) => jwt.sign(good, staffKey, { algorithm: 'HS512' })],
    ['RS256', (good) => jwt.sign(good, privateKey, { algorithm: 'RS256' })],
    [
      'HS256 under a public key',
      (good) =>
        `${part({ alg: 'HS256' })}.${part(good)}.${createHmac('sha256', publicPem)
          .update(`${part({ alg: 'HS256' })}.${part(good)}`)
          .digest('base64url')}`,
    ],
    ['a changed payload', (good) => jwt.sign(good, staffKey).replace(/\.[^.]+\./, `.${part({ ...good, role: 'mediator' })}.`)],
    ['another issuer', (good) => jwt.sign({ ...good, iss: 'other' }, staffKey)],
    ['another audience', (good) => jwt.sign({ ...good, aud: 'bitim:person' }, staffKey)],
    ['both audiences', (good) => jwt.sign({ ...good, aud: ['bitim:staff', 'bitim:person'] }, staffKey)],
    ['a beginning in the far future', (good) => jwt.sign({ ...good, iat: good.iat + 86_400, exp: good.exp + 86_400 }, staffKey)],
    ['no end', () => jwt.sign(endless, staffKey)],
    ['past its end', (good) => jwt.sign({ ...good, exp: good.iat - 1 }, staffKey)],
    ['not yet begun', (good) => jwt.sign({ ...good, nbf: good.iat + 60 }, staffKey)],
    ['claims of somebody else', (good) => jwt.sign({ ...good, case: party.caseId }, staffKey)],
    ['an operator for an id', (good) => jwt.sign({ ...good, sid: { $gt: '' } }, staffKey)],
    ['a text', () => jwt.sign('text', staffKey)],
    ['nothing', () => ''],
    ['noise', () => 'a.b.c'],
  ])('[IDE-4] a token with %s is nobody', (_what, forge) => {
    const { tokens, good } = fixture()
    expect(tokens.verify(forge(good))).toBeUndefined()
  })

  it('[HAR-43] a token of a server whose clock is a little ahead is good', () => {
    const { tokens, good } = fixture()
    expect(tokens.verify(jwt.sign({ ...good, iat: good.iat + 600, exp: good.exp + 600 }, staffKey))).toBeDefined()
  })

  it("[IDE-5] a party's claims under staff's key, and the reverse, are nobody", () => {
    const { tokens, good } = fixture()
    const personKey = Buffer.from(keyFor(tokenKey, 'jwt person'))
    const partyClaims = { ...good, role: undefined, aud: 'bitim:person', sub: party.participantId, case: party.caseId }
    expect(tokens.verify(jwt.sign(JSON.parse(JSON.stringify(partyClaims)) as object, personKey))).toMatchObject({ kind: 'person' })
    expect(tokens.verify(jwt.sign(JSON.parse(JSON.stringify(partyClaims)) as object, staffKey))).toBeUndefined()
    expect(tokens.verify(jwt.sign(good, personKey))).toBeUndefined()
  })

  it('[IDE-4] a token of another installation is nobody', () => {
    const { clock, tokens } = fixture()
    const other = createTokens({ tokenKey: new Uint8Array(32).fill(4), clock })
    expect(tokens.verify(other.sign(staff).token)).toBeUndefined()
  })
})
