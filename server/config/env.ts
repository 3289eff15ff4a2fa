// Reads the environment that main.ts hands over, as a whole and before anything starts. Every fault is one line that says how to mend it.
// No secret has a default, and no fault repeats a secret's value.

export const ENV_NAMES = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATA_FOLDER',
  'MONGODB_URI',
  'MONGODB_KEYS_URI',
  'BITIM_MASTER_KEY',
  'BITIM_MASTER_KEY_FILE',
  'BITIM_MASTER_KEY_COMMAND',
  'SMTP_URL',
  'MAIL_FROM',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'LOG_FILE',
  'QUOTA_TIMES',
  'CHILD_PROTECTION_BODY',
  'FILE_MEGABYTES',
  'PERSON_FILES_MEGABYTES',
  'CLAMD',
  'CALLS',
  'CALLS_JOINT',
  'CALLS_APART',
  'TURN_URLS',
  'TURN_SECRET',
  'JANUS_URL',
  'JANUS_SECRET',
  'DEMO',
] as const
type EnvName = (typeof ENV_NAMES)[number]
export type Env = Readonly<Partial<Record<EnvName, string>>>

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly string[] }

/** Keeps the names that the platform knows; an empty text counts as not set. An unknown `BITIM_…` is a typing mistake and a fault. */
export function readEnv(environment: Readonly<Record<string, string | undefined>>): Checked<Env> {
  const env: Partial<Record<EnvName, string>> = {}
  for (const name of ENV_NAMES) {
    const value = environment[name]?.trim()
    if (value) env[name] = value
  }
  const known = new Set<string>(ENV_NAMES)
  const faults = Object.keys(environment)
    .filter((name) => name.startsWith('BITIM_') && !known.has(name))
    .map((name) => `${name} is not a setting of Bitim: remove it, or correct its name (see docs/operations.md)`)
  return faults.length === 0 ? { ok: true, value: env } : { ok: false, faults }
}
