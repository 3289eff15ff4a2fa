// Installations that earlier releases have left, opened with the present code: nothing of them may get lost, stuck or unreadable.
import { createHash, webcrypto } from 'node:crypto'
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { envToConfig } from '#server/config/config.ts'
import { openInstallation } from '#server/installation.ts'
import { chainIn, filesOf } from '#server/signing/testing/forger.ts'
import type { FileStore } from '#server/storage/ports.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { draftWriter, insertBlocks } from '#server/testing/draft-writer.ts'
import { copyFixture, type ExpectedCase, expectedIn, fixtureFile, textsIn } from '#server/testing/fixture.ts'
import { answered, type Browser } from '#server/testing/http-world.ts'
import { accepted, type Device, device } from '#server/testing/live-room.ts'
import { linkAndCode, movingClock, type PlatformWorld, platformWorld } from '#server/testing/platform-world.ts'
import { download, signOverHttp } from '#server/testing/sign-over-http.ts'
import { say } from '#server/testing/socket-world.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { block, wordsOf } from '#shared/document/document-block.ts'
import { freezeRequest, readyGive } from '#shared/drafting/drafting-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { staffSignIn } from '#shared/identity/staff-protocol.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { asId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import { chainSealed, releaseSealed, signatureSealed, versionSealed } from '#shared/signing/chain-protocol.ts'
import { agreementReleased, versionReopen } from '#shared/signing/signing-protocol.ts'
import { authorityDownload, bundleDownload, textDownload } from '#shared/signing/signing-routes.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { restoreData } from '../../scripts/backup/copies.ts'
import { runLogVerify } from '../../scripts/log-verify/run-log-verify.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-older-'))
const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

describe.each(['2026-11'])('an installation of %s', (name) => {
  const expected = expectedIn(name)
  const caseNamed = (wanted: ExpectedCase['name']): ExpectedCase => {
    const found = expected.cases.find((each) => each.name === wanted)
    if (!found) throw new Error(`no such case: ${wanted}`)
    return found
  }

  function newCopy(): string {
    const folder = mkdtempSync(join(parent, 'data-'))
    copyFixture(name, folder)
    return folder
  }

  /** An hour after it was left: its codes and certificates are judged by the day they were made for, whatever day it is. */
  async function open(folder = newCopy()): Promise<PlatformWorld> {
    return (await openWithFiles(folder)).world
  }

  async function openWithFiles(folder = newCopy()): Promise<{ world: PlatformWorld; files: FileStore }> {
    const config = envToConfig({ DATA_FOLDER: folder })
    if (!config.ok) throw new Error(config.faults.join())
    const clock = movingClock()
    clock.jump(expected.madeAt + 3_600_000 - Date.now())
    const installation = await openInstallation(config.value, { ...realSystem(), clock })
    const world = await platformWorld({ storage: installation.storage, installation, clock })
    worlds.push(world)
    return { world, files: installation.storage.files }
  }

  interface Inside {
    readonly staff: Browser
    readonly mediator: Device
    readonly people: readonly { readonly browser: Browser; readonly device: Device }[]
  }

  /** The mediator by password, the people by the link and code that the mediator makes for them. */
  async function comeIn(world: PlatformWorld, { caseId, people }: ExpectedCase): Promise<Inside> {
    const staff = world.browser()
    const { email, password } = expected.mediator
    staff.token = answered(await staff.call(staffSignIn, { email, password, keep: true })).token
    const mediator = await device(world, { token: staff.token, caseId })
    const inside: Inside['people'][number][] = []
    for (const { invitationId } of people) {
      const browser = world.browser()
      const session = answered(await browser.call(joinEnter, { ...(await linkAndCode(staff, invitationId)), keep: true }))
      browser.token = session.token
      inside.push({ browser, device: await device(world, session) })
    }
    return { staff, mediator, people: inside }
  }

  /** Writes, gets everybody's readiness, and has the text closed; answers the version. */
  async function writeAndFreeze({ mediator, people }: Inside) {
    for (const [index, { device: each }] of people.entries()) {
      const writer = await draftWriter(each.socket)
      await writer.write((fragment) => insertBlocks(fragment, fragment.length, block(`new-${index}`, 'clause', 1, `Жаңа тармақ ${index}`)))
      writer.leave()
    }
    const writer = await draftWriter(mediator.socket)
    const { generation, revision } = writer.joined
    const versionId = asId<VersionId>(newCommandId())
    for (const { device: each } of people) accepted(await say(each.socket, readyGive, { generation, revision }))
    accepted(await say(mediator.socket, freezeRequest, { versionId, revision }))
    await expect.poll(() => typesIn(mediator, `signers:${versionId}`), { timeout: 30_000 }).toContain(versionSealed.name)
    writer.leave()
    return versionId
  }

  const typesIn = (of: Device, audience: Parameters<Device['events']>[0]) => of.events(audience).map(({ type }) => type)
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const trusted = () => {
    const certificateDer = fromPem('CERTIFICATE', fromUtf8(fixtureFile(name, 'authority.pem')))
    if (!certificateDer) throw new Error('no certificate')
    return { certificateDer }
  }

  it('[STA-1] opens, and log:verify finds every audience whole up to the head that was written down', async () => {
    const folder = newCopy()
    const world = await open(folder) // which brings it to this release
    await world.close()
    for (const { caseId, audiences } of expected.cases) {
      const heads = Object.entries(audiences).flatMap(([audience, { m: seq, hash }]) => ['--head', `${audience}=${seq}:${hash}`])
      const lines: string[] = []
      const args = ['--data', folder, '--case', caseId, ...heads]
      expect(await runLogVerify({ args, environment: {}, print: (line) => void lines.push(line) }), lines.join('\n')).toBe(0)
    }
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
  })

  it('[STA-1] a backup of it is restored by this release', async () => {
    const folder = newCopy()
    const backup = join(folder, 'older.db')
    renameSync(dataFile(folder), backup)
    expect(await restoreData({ folder, from: backup, now: expected.madeAt + 1_000_000 })).toBeGreaterThan(1)
    const world = await open(folder)
    const [first] = expected.cases
    if (first) expect((await comeIn(world, first)).people.length).toBeGreaterThan(0)
  })

  it('[STA-2] everybody comes in again, and each room reads as it did, to its own people alone', async () => {
    const world = await open()
    for (const each of expected.cases) {
      const { mediator, people } = await comeIn(world, each)
      const read = new Map<string, unknown>()
      for (const person of [mediator, ...people.map((one) => one.device)]) {
        for (const { audience } of (await person.resume()).audiences) {
          const known = each.audiences[audience]
          if (!known) throw new Error(`${each.name}: nobody knew of ${audience}`)
          const events = person.events(audience).slice(0, known.m) // coming in again may have added to it
          const last = events.at(-1)
          const types = events.map(({ type }) => type)
          read.set(audience, { epoch: last?.epoch, m: last?.seq, hash: last?.hash, types, said: textsIn(events) })
        }
        const rooms = (person === mediator ? each.people : each.people.filter(({ participantId }) => participantId === person.me)).length
        const sides = Object.keys(each.audiences).filter(
          (audience) => audience.startsWith('side:') && person.events(audience as 'all').length > 0,
        )
        expect(sides).toHaveLength(rooms)
      }
      expect(Object.fromEntries(read)).toEqual(each.audiences)
    }
  })

  /** Letters alone: how they are arranged is another form now. */
  const lettersOf = (text: string) => text.replaceAll(/<[^>]*>|\n/g, '')

  it('[STA-3] [DRA-146] drafts open with their text, and frozen versions are the texts that were frozen', async () => {
    const world = await open()
    for (const each of expected.cases) {
      const { staff, mediator } = await comeIn(world, each)
      const writer = await draftWriter(mediator.socket)
      const { revision, closed, anew, generation } = writer.joined
      expect({ revision, closed: closed ?? null }).toEqual({ revision: each.draft.u, closed: each.draft.closed })
      expect(anew).toBeGreaterThan(revision)
      expect(generation).toBeGreaterThan(1)
      expect(lettersOf(writer.blocks().map(wordsOf).join(''))).toBe(lettersOf(each.draft.document))
      const closedText = each.versions.find(({ versionId }) => versionId === closed)?.text
      if (closedText) expect(canonicalText(writer.blocks())).toMatchObject({ ok: true, text: closedText })
      const place = { caseId: each.caseId, documentId: settlementOf(each.caseId).id }
      expect(await world.installation.storage.drafts.archived(place)).toEqual([`old-${revision}`])
      writer.leave()
      for (const { versionId, text, textDigest } of each.versions) {
        if (text === null) continue
        const served = await download(world.url, staff, textDownload, { caseId: each.caseId, versionId })
        expect(fromUtf8(served)).toBe(text)
        expect(digestOf(utf8(text))).toBe(textDigest)
      }
    }
  })

  it('[STA-4] an open draft, and one that is opened again, are written on and frozen', async () => {
    const world = await open()
    const writing = await comeIn(world, caseNamed('writing'))
    await writeAndFreeze(writing)
    const half = await comeIn(world, caseNamed('half'))
    const [version] = caseNamed('half').versions
    if (!version) throw new Error('a version was frozen')
    accepted(await say(half.mediator.socket, versionReopen, { versionId: version.versionId, reason: 'Тағы бір тармақ керек' }))
    const again = await writeAndFreeze(half)
    const text = await download(world.url, half.staff, textDownload, { caseId: caseNamed('half').caseId, versionId: again })
    expect(fromUtf8(text)).toContain('Жаңа тармақ 1')
  })

  it('[STA-5] [SIG-26] a version that was half signed is signed by the others, released, and its bundle is valid', async () => {
    const world = await open()
    const { caseId, versions } = caseNamed('half')
    const { staff, mediator, people } = await comeIn(world, caseNamed('half'))
    const [version] = versions
    const [, second] = people
    if (!version || !second) throw new Error('two people and a version')
    const place = { url: world.url, caseId, staff }
    await signOverHttp(place, second, version)
    await signOverHttp(place, { browser: staff, device: mediator, password: expected.mediator.password }, version)
    await expect.poll(() => typesIn(mediator, 'all'), { timeout: 30_000 }).toContain(agreementReleased.name)
    const bundle = await download(world.url, staff, bundleDownload, { caseId, versionId: version.versionId })
    // Frozen and half signed by the older release, released by this one: the first signature keeps the seal that it was given.
    expect(await verifyBundle(webcrypto.subtle, bundle, trusted())).toMatchObject({ overall: 'valid', format: 2, notCovered: [] })
    const sealed = chainIn(filesOf(bundle)).events.filter(({ type }) => type.endsWith(':sealed'))
    const schemes = sealed.map(({ type, version, body }) => [
      type,
      version,
      (JSON.parse(body ?? '') as { seal: { scheme?: string } }).seal.scheme,
    ])
    expect(schemes).toEqual([
      [versionSealed.name, 1, undefined],
      [signatureSealed.name, 2, 'bitim-seal/1'],
      [signatureSealed.name, 2, 'bitim-seal/2'],
      [signatureSealed.name, 2, 'bitim-seal/2'],
      [releaseSealed.name, 3, 'bitim-seal/2'],
    ])
  })

  it('[SIG-26] what the older release gave out, but had no time to make a bundle of, gives the bundle that it would have made', async () => {
    const { world, files } = await openWithFiles()
    const { caseId, versions } = caseNamed('released')
    const { staff, mediator } = await comeIn(world, caseNamed('released'))
    const told = mediator.events('all').find(({ type }) => type === agreementReleased.name)
    const { bundleFileId } = JSON.parse(told?.body ?? '') as { bundleFileId: FileId }
    await files.delete(bundleFileId)
    const versionId = versions.at(-1)?.versionId ?? asId<VersionId>('')
    expect(digestOf(await download(world.url, staff, bundleDownload, { caseId, versionId }))).toBe(expected.bundleSha256)
    await mediator.resume()
    expect(typesIn(mediator, `signers:${versionId}`)).not.toContain(chainSealed.name)
  })

  it('[STA-6] a released bundle is served byte for byte, and the bundle that was kept elsewhere is valid', async () => {
    const world = await open()
    const { caseId, versions } = caseNamed('released')
    const { staff } = await comeIn(world, caseNamed('released'))
    const versionId = versions.at(-1)?.versionId ?? asId<VersionId>('')
    const kept = fixtureFile(name, 'bundle.zip')
    expect(digestOf(kept)).toBe(expected.bundleSha256)
    expect(digestOf(await download(world.url, staff, bundleDownload, { caseId, versionId }))).toBe(expected.bundleSha256)
    const report = await verifyBundle(webcrypto.subtle, kept, trusted())
    expect(report.parts.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(report).toMatchObject({ format: 1, notCovered: ['chain-headers'] })
    expect(report).toMatchObject({ overall: 'valid', authority: { trust: 'given' }, text: versions.at(-1)?.text })
    const pem = await (await fetch(`${world.url}${authorityDownload.path}`)).text()
    expect(pem).toBe(fromUtf8(fixtureFile(name, 'authority.pem')))
  })
})
