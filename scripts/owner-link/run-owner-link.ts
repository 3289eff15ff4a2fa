// A one-time link for an owner who has forgotten their password, made by whoever runs the machine: they hold the keys already. It goes
// by the lock of the data folder, so that no server works on the same records meanwhile. The link changes nothing until it is used.
import { existsSync } from 'node:fs'
import type { Config } from '#server/config/config.ts'
import { makeDue } from '#server/due/due.ts'
import { createAccountStore } from '#server/identity/accounts/account-store.ts'
import { makeNewPasswords } from '#server/identity/accounts/new-passwords.ts'
import { createPasswordLinkStore } from '#server/identity/accounts/password-link-store.ts'
import { type Installation, openInstallation } from '#server/installation.ts'
import { startFault } from '#server/start-fault.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { type InstallationRun, openStorageOf, say, settingsIn } from '../installation-run.ts'

const [DONE, NOT_DONE, WRONG_USAGE] = [0, 1, 2]
const USAGE = [
  'npm run owner-link [-- --email ADDRESS]',
  '  Stop the embedded server first. --email: which owner, where there are several.',
]

/** Answers the exit code. */
export async function runOwnerLink({ args, environment, print }: InstallationRun): Promise<number> {
  const [flag, email] = args
  if (args.length !== 0 && !(args.length === 2 && flag === '--email')) return say(print, WRONG_USAGE, USAGE)
  const config = settingsIn(environment)
  if (!config.ok) return say(print, WRONG_USAGE, config.faults)
  const { dataFolder, storage, host, port } = config.value
  if (storage.kind === 'sqlite' && !existsSync(dataFile(dataFolder))) {
    return say(print, NOT_DONE, [`There is no data in ${dataFolder}: set DATA_FOLDER.`])
  }
  try {
    return say(print, ...(await linkIn(config.value, email?.trim().toLowerCase())))
  } catch (error) {
    const fault = startFault(error, { host, port, storage: storage.kind })
    if (!fault) throw error
    return say(print, NOT_DONE, [fault.line])
  }
}

type Said = [exit: number, lines: readonly string[]]

async function linkIn(config: Config, email: string | undefined): Promise<Said> {
  // Data of an older release is refused here: only the server's own start changes its form.
  if (config.storage.kind === 'sqlite') await (await openStorageOf(config)).close()
  const installation = await openInstallation(config, realSystem())
  try {
    const said = await makeLink(config, installation, email)
    await installation.checkpoints.save()
    return said
  } finally {
    await installation.storage.close()
  }
}

async function makeLink(config: Config, { storage, records, recordsKey }: Installation, email: string | undefined): Promise<Said> {
  const { clock, timers, entropy } = realSystem()
  const due = makeDue({ store: storage.due, recordsKey, clock, timers, entropy, onTrouble: throwOn })
  const stores = { records, due, clock }
  const store = createAccountStore(stores)
  const owners = (await store.all()).filter(({ value }) => value.role === 'owner' && value.state === 'active')
  if (owners.length === 0) {
    return [NOT_DONE, ['Nobody has set this installation up yet. Start the server: it prints the link for its first owner, at each start.']]
  }
  const asked = owners.filter(({ value }) => email === undefined || value.email === email)
  const [owner, another] = asked
  if (!owner || another) {
    return [NOT_DONE, [owner ? 'There are several owners: say which one.' : 'No owner has this address.', ...USAGE]]
  }
  const passwords = { hash: () => Promise.reject(new Error('no password is set here')) }
  const { newPasswordSecret } = makeNewPasswords({ store, links: createPasswordLinkStore(stores), passwords, clock, entropy })
  const made = await newPasswordSecret(owner.id as AccountId, 'machine') // ids of this collection are account ids
  if (!made) throw new Error('the owner was closed meanwhile')
  const address = config.publicUrl ?? `http://localhost:${config.port}`
  return [
    DONE,
    [
      'For one hour and once, with the server running:',
      `${address}/password#${made.secret}`,
      'All devices of this owner are signed out when it is used.',
    ],
  ]
}

function throwOn(cause: unknown): never {
  throw cause
}
