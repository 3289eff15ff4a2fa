// What random changes are made to: an installation of 2.1 brought to today, in which people went on, so that rows of both forms and of every
// kind are there; and one that has nothing to do with it.
import { envToConfig } from '#server/config/config.ts'
import { type Installation, openInstallation } from '#server/installation.ts'
import { realSystem } from '#server/system.ts'
import { copyFixture, expectedIn } from '#server/testing/fixture.ts'
import { answered } from '#server/testing/http-world.ts'
import { addMediator, linkAndCode, newCase, openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { staffSignIn } from '#shared/identity/staff-protocol.ts'

const FIXTURE = '2026-11'

function open(folder: string): Promise<Installation> {
  const config = envToConfig({ DATA_FOLDER: folder })
  if (!config.ok) throw new Error(config.faults.join())
  return openInstallation(config.value, realSystem())
}

/** `earlier` is told when it is of today's form, before people go on. Answers the master key. */
export async function liveInstallation(folder: string, earlier: (folder: string) => void | Promise<void>): Promise<Uint8Array> {
  copyFixture(FIXTURE, folder)
  const opened = await open(folder)
  await opened.checkpoints.save()
  await opened.storage.close()
  await earlier(folder)
  const installation = await open(folder)
  const world = await platformWorld({ storage: installation.storage, installation })
  const staff = world.browser()
  const { mediator, cases } = expectedIn(FIXTURE)
  staff.token = answered(await staff.call(staffSignIn, { email: mediator.email, password: mediator.password, keep: true })).token
  await openCase(world, staff, newCase())
  for (const { people } of cases) {
    for (const { invitationId } of people)
      answered(await world.browser().call(joinEnter, { ...(await linkAndCode(staff, invitationId)), keep: true }))
  }
  await world.close()
  return installation.secrets.masterKey
}

export async function otherInstallation(folder: string): Promise<void> {
  const installation = await open(folder)
  const world = await platformWorld({ storage: installation.storage, installation })
  await openCase(world, await addMediator(world, await setUpOwner(world)))
  await world.close()
}
