import { randomBytes } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import mongoose from 'mongoose'
import { afterEach, describe, expect, it } from 'vitest'
import {
  bytes,
  commit,
  entry,
  event,
  newCase,
  newDocument,
  newPerson,
  putFile,
  randomText,
  upTo,
} from '#server/storage/contracts/samples.ts'
import type { Storage } from '#server/storage/ports.ts'
import { asId, type DocumentId, type FileId } from '#shared/kernel/ids.ts'
import { FORMAT, openMongo } from './open-mongo.ts'

const uri = process.env.TEST_MONGODB_URI
const ALL = 100_000

function newDatabase(): URL {
  const place = new URL(uri ?? 'mongodb://localhost/')
  place.pathname = `/bitim-test-${randomBytes(6).toString('hex')}`
  return place
}

/** A wire to the database that can be cut: from then on requests still reach it, answers no longer come back. */
async function wireThatBreaks(to: URL) {
  const sockets = new Set<Socket>()
  let silent = false
  let last: string | undefined
  const server = createServer((client) => {
    const upstream = connect(Number(to.port || 27017), to.hostname)
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}))
    client.on('data', (data) => {
      if (last !== undefined && data.includes(last)) silent = true
    })
    client.pipe(upstream)
    upstream.on('data', (data) => (silent ? client.destroy() : client.write(data)))
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = new URL(to)
  address.hostname = '127.0.0.1'
  address.port = String((server.address() as AddressInfo).port)
  return {
    address,
    silence: (on: boolean) => {
      silent = on
      last = undefined
    },
    /** From the request on in which this text stands. */
    silenceFrom: (text: string) => {
      last = text
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

describe.runIf(uri)('MongoDB and what happens around it', () => {
  const cleanups: (() => unknown)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })
  async function open(place: URL): Promise<Storage> {
    const storage = await openMongo({ uri: place.href, patience: 2_000 })
    cleanups.push(storage.close)
    return storage
  }

  it('[STO-75] a document that the driver cannot send fails alone, the rest of its batch is stored', async () => {
    const storage = await open(newDatabase())
    const [one, other, third] = [newCase(), newCase(), newCase()]
    let looks = 0
    // Of honest size while it is looked at, too large for any document once it is sent.
    const growing = Object.defineProperty({ ...event({ seq: 1 }) }, 'encryptedBody', {
      enumerable: true,
      get: () => (looks++ < 2 ? bytes(10) : new Uint8Array(17_000_000)),
    })
    const batch = [commit(one, 1), commit(other, 1, { events: [growing] }), commit(third, 1)]
    expect(await storage.log.append(batch)).toEqual(['stored', 'unstorable', 'stored'])
    expect(await storage.log.headOf(other)).toBe(0)
    expect(await storage.log.append([commit(other, 1)])).toEqual(['stored'])
  })

  it('[STO-80] a write whose answer is lost is unknown, and reading back tells what became of it', async () => {
    const place = newDatabase()
    const wire = await wireThatBreaks(place)
    cleanups.push(wire.close)
    const storage = await open(wire.address)
    const direct = await open(place)
    const [single, many] = [newCase(), newCase()]
    wire.silence(true)
    const written = commit(single, 1)
    const run = upTo(3).map((commitNumber) => commit(many, commitNumber))
    expect(await storage.log.append([written, ...run])).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
    wire.silence(false)
    await expect.poll(() => direct.log.headOf(single)).toBe(1)
    expect(await storage.log.findCommand(single, written.by, written.commandId)).toEqual(written)
    expect(await storage.log.append([written])).toEqual(['duplicate'])
    expect(await storage.log.append([commit(single, 2)])).toEqual(['stored'])
    wire.silence(true)
    expect(await storage.drafts.append([entry(newDocument(single), 1)])).toEqual(['unknown'])
  })

  describe('files', () => {
    const end = () => ({ header: bytes(70), mac: bytes(32) })
    const newFile = () => asId<FileId>(randomText())
    async function collectionOf<T extends object>(place: URL, name: string) {
      const connection = await mongoose.createConnection(place.href).asPromise()
      cleanups.push(() => connection.close())
      return connection.collection<T>(name)
    }
    async function begin(storage: Storage, id: FileId, count: number) {
      const writing = storage.files.write(id, 1)
      for (const _ of upTo(count)) await writing.append(bytes(10))
      return writing
    }

    it('[STO-167] from before there were pieces are read as they rest, and nothing takes their place', async () => {
      const place = newDatabase()
      const storage = await open(place)
      const old = await collectionOf<{ _id: string; bytes: Buffer }>(place, 'files')
      const id = newFile()
      const rest = bytes(100_000)
      await old.insertOne({ _id: id, bytes: Buffer.from(rest) })
      expect([await storage.files.has(id), await storage.inspection.fileIds()]).toEqual([true, [id]])
      expect(await storage.files.read(id)).toEqual({ form: 'whole', bytes: rest })
      await expect(putFile(storage.files, id)).rejects.toMatchObject({ problem: { reason: 'storage/file-differs' } })
      await storage.files.delete(id)
      expect(await storage.files.has(id)).toBe(false)
      await putFile(storage.files, id)
      expect((await storage.files.read(id))?.form).toBe('pieces')
      expect(await storage.inspection.strays()).toEqual([])
      await old.insertOne({ _id: id, bytes: Buffer.from(rest) }) // put back by somebody
      expect(await storage.inspection.strays()).toEqual([`two files under one id (${id})`])
    })

    it('[STO-180] pieces of no file, and too many or too few of one, are named', async () => {
      const place = newDatabase()
      const storage = await open(place)
      const pieces = await collectionOf<{ _id: string; bytes?: Buffer; fileId?: string }>(place, 'file_pieces')
      const id = newFile()
      await (await begin(storage, id, 3)).finish(end())
      const [attempt = ''] = (await pieces.findOne({ fileId: id }))?._id.split('/') ?? []
      const strays = () => storage.inspection.strays()
      expect(await strays()).toEqual([])
      await pieces.insertOne({ _id: `${attempt}/0000000003`, bytes: Buffer.from(bytes(10)) })
      expect(await strays()).toEqual([`a piece too many, or too few, of a file (${id})`])
      await pieces.deleteMany({ _id: { $in: [`${attempt}/0000000003`, `${attempt}/0000000001`] } })
      expect(await strays()).toEqual([`a piece too many, or too few, of a file (${id})`])
      await pieces.deleteOne({ _id: `${attempt}/end` })
      expect(await strays()).toEqual([0, 2].map((at) => `a piece of no file (${attempt}/000000000${at})`))
    })

    it('[STO-168] when the answer to the last write is lost, to try again finds the file finished', async () => {
      const place = newDatabase()
      const wire = await wireThatBreaks(place)
      cleanups.push(wire.close)
      const [storage, direct] = [await open(wire.address), await open(place)]
      const id = newFile()
      const writing = await begin(storage, id, 4)
      const ended = end()
      wire.silenceFrom('$unset') // the one update that makes it a file
      await expect(writing.finish(ended)).rejects.toMatchObject({ problem: { kind: 'unavailable', reason: 'storage/unknown' } })
      await expect.poll(() => direct.files.has(id)).toBe(true)
      await expect(writing.abandon()).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
      wire.silence(false)
      await writing.finish(ended)
      await writing.abandon()
      await (await begin(storage, id, 6)).finish({ ...end(), mac: ended.mac })
      await expect((await begin(storage, id, 6)).finish(end())).rejects.toMatchObject({ problem: { reason: 'storage/file-differs' } })
      const found = await direct.files.read(id)
      expect(found?.form === 'pieces' && found.count).toBe(4)
    })

    it('[STO-169] whoever copies them from front to back, stopping anywhere, gets no finished file without its pieces', async () => {
      for (const stop of [0, 1, 2, 3, 4, 5, 6, 7]) {
        const place = newDatabase()
        const storage = await open(place)
        const pieces = await collectionOf<{ _id: string; fileId?: string; pieces?: number }>(place, 'file_pieces')
        await putFile(storage.files, newFile())
        const writing = await begin(storage, newFile(), 6) // four of them rest, and what says that it is under way
        const copied: { readonly _id: string; readonly fileId?: string; readonly pieces?: number }[] = []
        for (let last = ''; ; ) {
          if (copied.length === stop) await writing.finish(end())
          const next = await pieces.findOne({ _id: { $gt: last } }, { sort: { _id: 1 } })
          if (!next) break
          copied.push(next)
          last = next._id
        }
        for (const each of copied) {
          if (each.fileId === undefined) continue
          const attempt = each._id.slice(0, -'end'.length)
          expect(copied.filter((one) => one._id.startsWith(attempt) && one !== each)).toHaveLength(each.pieces ?? 0)
        }
      }
    })
  })

  it('[STO-81] a server that is behind cannot write at a number that compaction has freed', async () => {
    const place = newDatabase()
    const [behind, ahead] = [await open(place), await open(place)]
    const document = newDocument()
    await behind.drafts.append(upTo(3).map((revision) => entry(document, revision)))
    await ahead.drafts.append([entry(document, 4), entry(document, 5)])
    await ahead.drafts.compact({ ...document, revision: 5, epoch: 1, encrypted: bytes(10) })
    expect(await behind.drafts.append([entry(document, 4), entry(document, 5)])).toEqual(['taken', 'taken'])
    expect(await ahead.drafts.read(document, 0, ALL)).toEqual([])
    expect(await behind.drafts.append([entry(document, 6)])).toEqual(['stored'])
  })

  it('[STO-82] wrapped keys rest in another database', async () => {
    const place = newDatabase()
    const storage = await open(place)
    await storage.keys.putIfAbsent(randomText(), bytes(60))
    const connection = await mongoose.createConnection(place.href).asPromise()
    cleanups.push(() => connection.close())
    const names = async (database: string) =>
      (await connection.getClient().db(database).listCollections().toArray()).map((collection) => collection.name)
    expect(await names(connection.name)).not.toContain('wrapped_keys')
    expect(await names(`${connection.name}-keys`)).toContain('wrapped_keys')
  })

  it('[STA-14] data without a number is of the first version and gets it; a newer number is refused and nothing is written', async () => {
    const place = newDatabase()
    const storage = await open(place)
    const stored = await storage.records.get<{ format: number }>('installation', 'format')
    expect(stored?.value).toEqual({ format: FORMAT })
    await storage.records.replace('installation', 'format', stored?.version ?? 0, { format: 999 })
    await expect(openMongo({ uri: place.href, patience: 2_000 })).rejects.toMatchObject({
      message: `the data in MongoDB has version 999, this release knows ${FORMAT}: start the newer release`,
      problem: { reason: 'storage/unusable' },
    })
    expect((await storage.records.get('installation', 'format'))?.value).toEqual({ format: 999 })
  })

  it('[STO-37] drafts of release 2.1 become settlements, byte for byte; a start that was killed half way is finished by the next', async () => {
    const place = newDatabase()
    const storage = await open(place)
    const format = await storage.records.get<{ format: number }>('installation', 'format')
    await storage.records.replace('installation', 'format', format?.version ?? 0, { format: 2 })
    const connection = await mongoose.createConnection(place.href).asPromise()
    cleanups.push(() => connection.close())
    const [caseId, other] = [newCase(), newCase()]
    const header = { by: newPerson(), at: 1_792_000_000_123 }
    const old = [
      { caseId, u: 2, kind: 'claim', ...header, sealed: Buffer.from(bytes(9)) },
      { caseId, u: 4, kind: 'update', ...header, sealed: Buffer.from(bytes(90)) },
      { caseId: other, u: 1, kind: 'update', ...header, sealed: Buffer.from(bytes(50)) },
    ]
    const sealed = bytes(400)
    const [entries, snapshots] = [connection.collection('draft_entries'), connection.collection<{ _id: string }>('draft_snapshots')]
    await entries.insertMany(old.map((each) => ({ ...each })))
    await snapshots.insertOne({ _id: caseId, u: 3, sealed: Buffer.from(sealed) } as { _id: string })
    // As a start has left it that was killed: one of them has moved already, and one lies covered by a snapshot.
    const [first] = await entries.find().toArray()
    const half = { caseId, documentId: caseId, epoch: 0, ...header }
    await connection.collection('document_entries').insertMany([
      { ...half, _id: first?._id, revision: 2, kind: 'claim', encrypted: old[0]?.sealed },
      { ...half, revision: 3, kind: 'update', encrypted: Buffer.from(bytes(5)) },
    ] as never[])

    const [again, beside] = await Promise.all([open(place), open(place)])
    const settlement = (of: typeof caseId) => ({ caseId: of, documentId: asId<DocumentId>(of) })
    const expected = old.map(({ sealed: encrypted, caseId: of, u: revision, kind }) => ({
      ...{ ...settlement(of), revision, kind, ...header, epoch: 0 },
      ...{ encrypted: new Uint8Array(encrypted), previous: undefined, hash: undefined },
    }))
    expect(await again.drafts.read(settlement(caseId), 0, ALL)).toEqual(expected.slice(0, 2))
    expect(await beside.drafts.read(settlement(other), 0, ALL)).toEqual(expected.slice(2))
    expect(await again.drafts.snapshot(settlement(caseId))).toEqual({ ...settlement(caseId), revision: 3, epoch: 0, encrypted: sealed })
    expect((await again.records.get('installation', 'format'))?.value).toEqual({ format: FORMAT })
    const left = (await connection.listCollections()).map(({ name }) => name)
    expect(left).not.toContain('draft_entries')
    expect(left).not.toContain('draft_snapshots')
  })

  it('[STO-59] a probe whose answer is lost throws', async () => {
    const place = newDatabase()
    const wire = await wireThatBreaks(place)
    cleanups.push(wire.close)
    const storage = await open(wire.address)
    await storage.probe()
    wire.silence(true)
    await expect(storage.probe()).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
  })

  it('[STO-83] two servers that append at once share one dense log, each commit stored once', async () => {
    const place = newDatabase()
    const servers = [await open(place), await open(place)]
    const caseId = newCase()
    const stored = await Promise.all(
      servers.map(async ({ log }) => {
        let mine = 0
        for (let tries = 0; tries < 40; tries++) {
          const [answer] = await log.append([commit(caseId, (await log.headOf(caseId)) + 1)])
          if (answer === 'stored') mine++
        }
        return mine
      }),
    )
    const commits = await servers[0]?.log.readCase(caseId, 0, ALL)
    expect(commits?.map((each) => each.commitNumber)).toEqual(upTo(stored.reduce((sum, mine) => sum + mine, 0)))
  })
})

describe('MongoDB that is not there', () => {
  it('[STO-84] refuses to open, as unavailable', async () => {
    await expect(openMongo({ uri: 'mongodb://127.0.0.1:1/bitim', patience: 200 })).rejects.toMatchObject({
      problem: { kind: 'unavailable' },
    })
  })
})
