// Inserts documents that are complete already, past mongoose's casting, and answers for each.
import type { Model } from 'mongoose'
import { type Inserted, insertedDespite } from './errors.ts'

export async function insertDocuments<Document extends object>(
  model: Model<Document>,
  documents: readonly Document[],
  ordered: boolean,
): Promise<readonly Inserted[]> {
  try {
    // A fresh copy of each: the driver adds an `_id` to what it is given. The driver's own type wants one beforehand.
    const copies = documents.map((document) => ({ ...document })) as never[]
    await model.collection.insertMany(copies, { ordered })
    return documents.map(() => 'stored')
  } catch (error) {
    return insertedDespite(error, documents.length, ordered)
  }
}
