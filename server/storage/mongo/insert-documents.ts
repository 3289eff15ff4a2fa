// Inserts documents that are complete already, past mongoose's casting, and answers for each.
import type { Model } from 'mongoose'
import { type Inserted, insertedDespite, isFaultOfDocuments } from './errors.ts'

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
    if (!isFaultOfDocuments(error)) return insertedDespite(error, documents.length, ordered)
    return documents.length > 1 ? insertOneByOne(model, documents, ordered) : ['unstorable']
  }
}

/** Each alone, so that the one at fault fails alone. What the first try has stored already is answered as a conflict and found by its keys. */
async function insertOneByOne<Document extends object>(
  model: Model<Document>,
  documents: readonly Document[],
  ordered: boolean,
): Promise<readonly Inserted[]> {
  const answers: Inserted[] = []
  for (const document of documents) {
    const stopped = ordered && answers.some((answer) => answer !== 'stored')
    const [answer = 'unknown'] = stopped ? (['blocked'] as const) : await insertDocuments(model, [document], ordered)
    answers.push(answer)
  }
  return answers
}
