import { expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { pageQuery } from './projection-store.ts'
import { DATA_STEPS } from './schema.ts'

it.each(['ascending', 'descending'] as const)(
  '[STO-122] a page that is read %s is found where it begins, and nothing is sorted or passed over',
  (direction) => {
    const database = openDatabase(':memory:')
    for (const step of DATA_STEPS) step(database)
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${pageQuery(direction)}`).all(['cases', 'ofMediator', 'key', 7, 'id', 50])
    const words = plan.map((row) => String(row[3]))
    expect(words).toHaveLength(2)
    expect(words[0]).toMatch(/^SEARCH l USING PRIMARY KEY \(name=\? AND lookup=\? AND key=\? AND \(place,id\)[<>]\(\?,\?\)\)$/)
    expect(words[1]).toMatch(/^SEARCH p USING PRIMARY KEY \(name=\? AND id=\?\)$/)
    database.close()
  },
)
