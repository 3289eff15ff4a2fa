// What random changes are made to: an installation of 2.1 brought to today, in which people went on, so that rows of both forms and of every
// kind are there; and one that has nothing to do with it.
import { envToConfig } from '#server/config/config.ts'
import { fileContext, versionFileId } from '#server/drafting/version-files.ts'
import { type Installation, openInstallation } from '#server/installation.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import { encryptFiles, fileKey, wholeBytes } from '#server/storage/encrypted-files.ts'
import { PIECE_BYTES } from '#server/storage/file-cipher.ts'
import { realSystem } from '#server/system.ts'
import { completeProfile } from '#server/testing/complete-profile.ts'
import { copyFixture, expectedIn } from '#server/testing/fixture.ts'
import { answered } from '#server/testing/http-world.ts'
import { addMediator, linkAndCode, newCase, openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { staffSignIn } from '#shared/identity/staff-protocol.ts'
import type { FileId } from '#shared/kernel/ids.ts'

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
  await writeInPieces(installation)
  const world = await platformWorld({ storage: installation.storage, installation })
  const staff = world.browser()
  const { mediator, cases } = expectedIn(FIXTURE)
  staff.token = answered(await staff.call(staffSignIn, { email: mediator.email, password: mediator.password, keep: true })).token
  await completeProfile(staff)
  await openCase(world, staff, newCase())
  for (const { people } of cases) {
    for (const { invitationId } of people)
      answered(await world.browser().call(joinEnter, { ...(await linkAndCode(staff, invitationId)), keep: true }))
  }
  await world.close()
  return installation.secrets.masterKey
}

/** Files as this release writes them: the text of each version again, and copies for signing by hand of several pieces. */
async function writeInPieces({ storage, secrets, derivationOf }: Installation): Promise<void> {
  const system = realSystem()
  const files = encryptFiles({ files: storage.files, ...system })
  const keys = makeAudienceKeys({ keys: storage.keys, masterKey: secrets.masterKey, entropy: system.entropy, derivationOf })
  for (const { caseId, versions } of expectedIn(FIXTURE).cases) {
    const key = fileKey(await keys.load(caseId, 'all'))
    const placeOf = (id: FileId) => ({ id, context: fileContext(caseId, id), key })
    for (const { versionId } of versions) {
      const text = placeOf(versionFileId(versionId, 'text'))
      const opened = await files.open(text)
      const paper = placeOf(versionFileId(versionId, 'paper'))
      for (const [place, bytes] of [
        [text, opened && (await wholeBytes(opened))],
        [paper, system.entropy.bytes(3 * PIECE_BYTES + 500, 'a paper')],
      ] as const) {
        if (!bytes) continue
        await files.delete(place.id)
        await files.write(place, [bytes])
      }
    }
  }
}

export async function otherInstallation(folder: string): Promise<void> {
  const installation = await open(folder)
  const world = await platformWorld({ storage: installation.storage, installation })
  await openCase(world, await addMediator(world, await setUpOwner(world)))
  await world.close()
}
