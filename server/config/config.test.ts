import { describe, expect, it } from 'vitest'
import { envToConfig, parseMasterKey } from './config.ts'
import { readEnv } from './env.ts'

const KEY = 'ab'.repeat(32)
const MONGO = { MONGODB_URI: 'mongodb://db/bitim', MONGODB_KEYS_URI: 'mongodb://keys/bitim-keys', BITIM_MASTER_KEY: KEY }

function configOf(environment: Record<string, string>) {
  const env = readEnv(environment)
  return env.ok ? envToConfig(env.value) : env
}

describe('the environment', () => {
  it('[CFG-2] nothing set: one server on loopback, embedded storage, keys of its own', () => {
    expect(configOf({})).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8080,
        publicUrl: undefined,
        dataFolder: './data',
        storage: { kind: 'sqlite' },
        masterKey: { kind: 'own' },
        mail: undefined,
        trustProxy: false,
        logLevel: 'info',
        logFile: undefined,
        quotaTimes: 1,
        childProtection: undefined,
        files: { fileBytes: 52_428_800, personBytes: 524_288_000 },
        scanner: undefined,
        calls: { on: true, joint: 'direct', apart: 'direct', turn: undefined, janus: undefined },
        demo: false,
      },
    })
  })

  it('[CFG-2] a full environment is read whole', () => {
    const config = configOf({
      ...MONGO,
      HOST: '0.0.0.0',
      PORT: '80',
      PUBLIC_URL: 'https://mediation.example.kz/',
      SMTP_URL: 'smtps://user:secret@mail.example.kz:465',
      MAIL_FROM: 'Bitim <no-reply@example.kz>',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      LOG_LEVEL: 'warn',
    })
    expect(config).toMatchObject({
      ok: true,
      value: {
        publicUrl: 'https://mediation.example.kz',
        storage: { kind: 'mongo' },
        masterKey: { kind: 'given' },
        trustProxy: ['10.0.0.0/8', '::1'],
      },
    })
  })

  it.each<[Record<string, string>, RegExp]>([
    [{ PORT: 'eighty' }, /^PORT must be a number/],
    [{ PORT: '70000' }, /^PORT must be a number/],
    [{ PUBLIC_URL: 'mediation.kz' }, /^PUBLIC_URL must be an address/],
    [{ PUBLIC_URL: 'https://mediation.kz/app?x=1' }, /^PUBLIC_URL must end after the host: PUBLIC_URL=https:\/\/mediation\.kz$/],
    [{ PUBLIC_URL: 'http://mediation.kz' }, /use https:\/\/mediation\.kz$/],
    [{ HOST: '0.0.0.0' }, /^HOST=0\.0\.0\.0 .* set PUBLIC_URL/],
    [{ DEMO: '1', PUBLIC_URL: 'https://mediation.kz' }, /^DEMO shows working links/],
    [{ DEMO: 'perhaps' }, /^DEMO must be 1 or 0/],
    [{ MONGODB_KEYS_URI: 'mongodb://keys/k' }, /^MONGODB_KEYS_URI is set without MONGODB_URI/],
    [{ MONGODB_URI: MONGO.MONGODB_URI, BITIM_MASTER_KEY: KEY }, /^MONGODB_KEYS_URI is missing/],
    [{ ...MONGO, MONGODB_KEYS_URI: 'mongodb://other@db/bitim?x=1' }, /same database/],
    [{ MONGODB_URI: MONGO.MONGODB_URI, MONGODB_KEYS_URI: MONGO.MONGODB_KEYS_URI }, /master key must be given/],
    [{ ...MONGO, MONGODB_URI: 'postgres://db' }, /^MONGODB_URI must be like/],
    [{ BITIM_MASTER_KEY: 'short' }, /^BITIM_MASTER_KEY must be 32 bytes/],
    [{ BITIM_MASTER_KEY: KEY, BITIM_MASTER_KEY_FILE: '/k' }, /set together: keep one/],
    [{ SMTP_URL: 'smtp://mail' }, /^SMTP_URL is set without MAIL_FROM/],
    [{ MAIL_FROM: 'a@b.kz' }, /^MAIL_FROM is set without SMTP_URL/],
    [{ SMTP_URL: 'http://mail', MAIL_FROM: 'a@b.kz' }, /^SMTP_URL must be like/],
    [{ SMTP_URL: 'smtp://mail', MAIL_FROM: 'nobody' }, /^MAIL_FROM must be an address/],
    [{ TRUST_PROXY: 'true' }, /^TRUST_PROXY must be how many/],
    [{ TRUST_PROXY: '*' }, /^TRUST_PROXY must be how many/],
    [{ QUOTA_TIMES: '0' }, /^QUOTA_TIMES must be a number/],
    [{ QUOTA_TIMES: 'none' }, /^QUOTA_TIMES must be a number/],
    [{ FILE_MEGABYTES: '0' }, /^FILE_MEGABYTES must be a number/],
    [{ FILE_MEGABYTES: '900' }, /^PERSON_FILES_MEGABYTES must not be less/],
    [{ PERSON_FILES_MEGABYTES: 'all' }, /^PERSON_FILES_MEGABYTES must be a number/],
    [{ CLAMD: 'somewhere' }, /^CLAMD must be where a clamd listens/],
    [{ CLAMD: '127.0.0.1:99999' }, /^CLAMD must be where a clamd listens/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
    [{ CALLS: 'yes' }, /^CALLS must be 1 or 0/],
    [{ CALLS_JOINT: 'mesh' }, /^CALLS_JOINT must be relay/],
    [{ CALLS_APART: 'off' }, /^CALLS_APART must be relay/],
    [{ TURN_URLS: 'turn:turn.example.kz:3478' }, /^TURN_URLS is set without TURN_SECRET/],
    [{ TURN_SECRET: KEY }, /^TURN_SECRET is set without TURN_URLS/],
    [{ TURN_SECRET: 'short', TURN_URLS: 'turn:turn.example.kz' }, /^TURN_SECRET must have at least 16 characters/],
    [{ TURN_SECRET: KEY, TURN_URLS: 'https://turn.example.kz' }, /^TURN_URLS must be like/],
    [{ JANUS_URL: 'ws://127.0.0.1:8188' }, /^JANUS_URL is set without JANUS_SECRET/],
    [{ JANUS_SECRET: KEY }, /^JANUS_SECRET is set without JANUS_URL/],
    [{ JANUS_SECRET: KEY, JANUS_URL: 'http://127.0.0.1:8088/janus' }, /^JANUS_URL must be like/],
    [{ JANUS_SECRET: 'short', JANUS_URL: 'ws://127.0.0.1:8188' }, /^JANUS_SECRET must have at least 16 characters/],
    [{ TURN_SECRET: KEY, TURN_URLS: 'turn:a.kz, turn:b.kz?transport=ws' }, /^TURN_URLS must be like/],
    [{ BITIM_MASTERKEY: KEY }, /^BITIM_MASTERKEY is not a setting/],
  ])('[CFG-1] %j is refused in one line that says how to mend it', (environment, fault) => {
    const config = configOf(environment)
    const faults = config.ok ? [] : config.faults
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
    expect(faults[0]).not.toContain('\n')
  })

  it.each([
    [{}, 'direct'],
    [{ HOST: '127.0.0.2', PUBLIC_URL: 'http://localhost:8080' }, 'direct'],
    // Behind a proxy on the same machine: people come from elsewhere.
    [{ PUBLIC_URL: 'https://mediation.example.kz' }, 'relay'],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://mediation.example.kz' }, 'relay'],
  ])('[CAL-16] %j: unless it is said otherwise sound goes %s', (environment, way) => {
    expect(configOf(environment)).toMatchObject({ value: { calls: { joint: way, apart: way } } })
    const said = { CALLS_JOINT: 'direct', CALLS_APART: 'relay' }
    expect(configOf({ ...environment, ...said })).toMatchObject({ value: { calls: { joint: 'direct', apart: 'relay' } } })
  })

  it('[CAL-15] the relay is read with all its addresses', () => {
    const turn = { TURN_URLS: 'turn:turn.example.kz:3478, turns:[2001:db8::1]:5349?transport=tcp', TURN_SECRET: KEY, CALLS: '0' }
    const urls = ['turn:turn.example.kz:3478', 'turns:[2001:db8::1]:5349?transport=tcp']
    expect(configOf(turn)).toMatchObject({ value: { calls: { on: false, turn: { urls, secret: KEY } } } })
  })

  it('[CFG-1] all faults are named at once', () => {
    const config = configOf({ PORT: 'x', LOG_LEVEL: 'x', TRUST_PROXY: 'x y' })
    expect(config.ok ? [] : config.faults).toHaveLength(3)
  })

  it('[CFG-3] no fault repeats a secret', () => {
    const secret = 'canary-secret-4711'
    const config = configOf({
      BITIM_MASTER_KEY: secret,
      SMTP_URL: `http://user:${secret}@mail`,
      TURN_URLS: `turn:user:${secret}@turn.example.kz`,
      TURN_SECRET: secret.slice(0, 10),
      JANUS_URL: `ws://user:${secret}@127.0.0.1:8188`,
      JANUS_SECRET: secret.slice(0, 10),
      MONGODB_URI: `mysql://u:${secret}@db`,
      MONGODB_KEYS_URI: secret,
    })
    expect(config.ok).toBe(false)
    expect(JSON.stringify(config)).not.toContain(secret)
  })

  it('[CFG-7] a master key is 32 bytes in hexadecimal or base64, nothing else', () => {
    expect(parseMasterKey(`${KEY}\n`)).toHaveLength(32)
    expect(parseMasterKey(Buffer.alloc(32, 7).toString('base64'))).toEqual(new Uint8Array(32).fill(7))
    expect(parseMasterKey(Buffer.alloc(32, 255).toString('base64url'))).toEqual(new Uint8Array(32).fill(255))
    for (const wrong of ['', KEY.slice(2), `${KEY}ab`, 'пароль']) expect(parseMasterKey(wrong)).toBeUndefined()
  })
})
