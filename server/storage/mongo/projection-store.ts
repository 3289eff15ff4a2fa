// Projections in MongoDB: a collection for each table, an index for each lookup, so that a page is read where it lies and a table goes at once.
import type { Connection } from 'mongoose'
import type {
  ProjectionDocument,
  ProjectionLookup,
  ProjectionPosition,
  ProjectionProgress,
  ProjectionQuery,
  ProjectionStore,
} from '#server/storage/ports.ts'
import { recordName, requireStorableProjection, storableInteger, storableJson, storableText } from '#server/storage/storable.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { isDuplicateKey, translating } from './errors.ts'

interface Projected {
  readonly _id: string
  readonly caseId: string
  readonly commitNumber: number
  /** JSON text; absent where nothing follows any more. */
  readonly value?: string
  readonly lookups: Readonly<Record<string, ProjectionLookup>>
}

interface Position {
  /** `table/caseId`: of which case it is, this alone says. */
  readonly _id: string
  readonly table: string
  readonly commitNumber: number
}

/** The collection of a table is called by this and its name. */
export const PROJECTED = 'projected_'
const AT_ONCE = 20

export function createMongoProjectionStore(data: Connection): ProjectionStore {
  const positions = data.collection<Position>('projection_positions')
  const collectionOf = (table: string) => data.collection<Projected>(PROJECTED + recordName(table))

  /** With each writing: harmless where they are there already, and whoever drops a table, here or on another server, drops them with it. */
  async function index(table: string, documents: readonly ProjectionDocument[]): Promise<void> {
    if (documents.length === 0) return
    const names = new Set(documents.flatMap(({ lookups }) => Object.keys(lookups)))
    const ofLookups = [...names].map((name) => ({ key: { [`lookups.${name}.key`]: 1, [`lookups.${name}.order`]: 1, _id: 1 } as const }))
    await collectionOf(table).createIndexes([{ key: { caseId: 1, _id: 1 } }, ...ofLookups])
  }

  async function putOne(table: string, document: ProjectionDocument): Promise<void> {
    const { _id, ...next } = projectedOf(document)
    // Where a newer one stands nothing fits, and the insert that MongoDB then tries finds the id taken.
    await passingOver(() => collectionOf(table).replaceOne({ _id, commitNumber: { $lt: next.commitNumber } }, next, { upsert: true }))
  }

  async function raiseOne(table: string, { caseId, from, commitNumber }: ProjectionProgress): Promise<boolean> {
    const _id = `${recordName(table)}/${storableText(caseId)}`
    const standing = (await positions.findOne({ _id }))?.commitNumber ?? 0
    if (standing >= storableInteger(commitNumber)) return true
    if (standing < storableInteger(from)) return false
    const next = { $set: { table, commitNumber } }
    await passingOver(() => positions.updateOne({ _id, commitNumber: { $lt: commitNumber } }, next, { upsert: true }))
    return true
  }

  return {
    put: (table, documents) =>
      translating(async () => {
        for (const document of documents) requireStorableProjection(document)
        await index(table, documents)
        await inBatches(documents, (document) => putOne(table, document))
      }),
    find: <T>(table: string, { lookup, key, direction, after, limit }: ProjectionQuery) =>
      translating(async () => {
        const name = `lookups.${recordName(lookup)}`
        const [sort, behind] = direction === 'ascending' ? [1 as const, '$gt'] : [-1 as const, '$lt']
        const place = after && { order: storableInteger(after.order), id: storableText(after.id) }
        const rest = place && {
          [`${name}.order`]: { [`${behind}e`]: place.order },
          $or: [{ [`${name}.order`]: { [behind]: place.order } }, { _id: { [behind]: place.id } }],
        }
        const filter: object = { [`${name}.key`]: storableText(key), ...rest }
        const found = collectionOf(table)
          .find(filter)
          .sort({ [`${name}.order`]: sort, _id: sort })
        return (await found.limit(limit).toArray()).map((each) => documentOf<T>(each))
      }),
    ofCase: (table, caseId) =>
      translating(async () => {
        const found = collectionOf(table)
          .find({ caseId: storableText(caseId) })
          .sort({ _id: 1 })
        return (await found.toArray()).map((each) => documentOf(each))
      }),
    raise: (table, progress) => translating(() => inBatches(progress, (each) => raiseOne(table, each))),
    positions: (table, after, limit) =>
      translating(async () => {
        const ofTable = { table: recordName(table), _id: { $gt: `${table}/${storableText(after)}` } }
        return (await positions.find(ofTable).sort({ _id: 1 }).limit(limit).toArray()).map(positionOf)
      }),
    tables: () =>
      translating(async () => {
        const collections = (await data.listCollections()).map(({ name }) => name).filter((name) => name.startsWith(PROJECTED))
        const positioned = await positions.distinct('table')
        return [...new Set([...collections.map((name) => name.slice(PROJECTED.length)), ...positioned])].sort()
      }),
    drop: (table) =>
      translating(async () => {
        const collection = collectionOf(table)
        // Positions first: a table that was dropped half way is made anew, one that only seems to be complete is not.
        await positions.deleteMany({ table })
        if ((await data.listCollections()).some(({ name }) => name === collection.collectionName)) await collection.drop()
        await positions.deleteMany({ table }) // what another server has raised meanwhile, over documents that went just now
      }),
  }
}

async function inBatches<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))))
  return answers
}

/** Somebody newer was faster, or was there before. */
async function passingOver(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
}

function projectedOf({ id, caseId, commitNumber, value, lookups }: ProjectionDocument): Projected {
  const head = { _id: id, caseId, commitNumber }
  return value === undefined ? { ...head, lookups: {} } : { ...head, value: storableJson(value), lookups }
}

function documentOf<T>({ _id, caseId, commitNumber, value, lookups }: Projected): ProjectionDocument<T> {
  // Written by the caller into the same table, whose shape is the caller's to know and to check.
  const parsed = value === undefined ? undefined : (JSON.parse(value) as T)
  return { id: _id, caseId: asId<CaseId>(caseId), commitNumber, value: parsed, lookups }
}

function positionOf({ _id, table, commitNumber }: Position): ProjectionPosition {
  return { caseId: asId<CaseId>(_id.slice(`${table}/`.length)), commitNumber }
}
