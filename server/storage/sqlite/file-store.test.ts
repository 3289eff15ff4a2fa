// Files of the older form in SQLite, and what a killed server has left of newer ones.
import { expect, it } from 'vitest'
import { bytes, putFile, randomText } from '#server/storage/contracts/samples.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { createCommitGate } from './commit-gate.ts'
import { openDatabase } from './database.ts'
import { addFilePieces, createSqliteFileStore } from './file-store.ts'
import { createSqliteInspection } from './inspection.ts'
import { DATA_STEPS, upgradeSchema } from './schema.ts'

it('[STO-167] files from before there were pieces are read as they rest, and nothing takes their place', async () => {
  const database = openDatabase(':memory:')
  const before = DATA_STEPS.indexOf(addFilePieces)
  upgradeSchema(database, DATA_STEPS.slice(0, before), 0)
  const [id, other] = [asId<FileId>(randomText()), asId<FileId>(randomText())]
  const rest = bytes(200_000)
  for (const each of [id, other]) database.prepare('INSERT INTO file (id, bytes) VALUES (?, ?)').run([each, rest])
  upgradeSchema(database, DATA_STEPS, before)
  const gate = createCommitGate(database, (run) => run())
  const files = createSqliteFileStore(database, gate)
  const inspection = createSqliteInspection(database, gate)
  expect(await files.has(id)).toBe(true)
  expect(await files.read(id)).toEqual({ form: 'whole', bytes: rest })
  await expect(putFile(files, id)).rejects.toMatchObject({ problem: { reason: 'storage/file-differs' } })
  expect(await files.read(id)).toEqual({ form: 'whole', bytes: rest })
  await files.delete(id)
  expect([await files.has(id), await files.read(id)]).toEqual([false, undefined])
  await putFile(files, id)
  expect(await inspection.fileIds()).toEqual([id, other].sort())
  expect(await inspection.strays()).toEqual([])
  database.close()
})

it('[STO-165] a removal that was killed half way is finished later, and numbers are never given twice', async () => {
  const database = openDatabase(':memory:')
  upgradeSchema(database, DATA_STEPS, 0)
  let isAlive = true
  const gate = createCommitGate(database, (run) => run())
  const dying = { ...gate, enter: <T>(work: () => T) => (isAlive ? gate.enter(work) : Promise.reject(new Error('killed'))) }
  const files = createSqliteFileStore(database, dying)
  const id = asId<FileId>(randomText())
  const writing = files.write(id, 5)
  for (let at = 0; at < 40; at++) await writing.append(bytes(10))
  await writing.finish({ header: bytes(70), mac: bytes(32) })
  const removal = files.delete(id)
  isAlive = false
  await expect(removal).rejects.toThrow('killed')
  const count = () => database.prepare('SELECT count(*) FROM file_piece').get([])
  expect([await files.has(id), count()]).toEqual([false, [40]])
  const next = createSqliteFileStore(database, gate)
  await putFile(next, id)
  await next.removeAbandoned(0)
  expect([await next.has(id), count()]).toEqual([true, [1]])
  database.close()
})
