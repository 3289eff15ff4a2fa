import { describe, expect, it } from 'vitest'
import { createCommitGate } from './commit-gate.ts'
import { openDatabase } from './database.ts'
import { integerAt } from './rows.ts'

/** A gate over a real database in memory, with the turn of the event loop in the test's hand. */
function gateInHand() {
  const database = openDatabase(':memory:')
  database.execute('CREATE TABLE t (a INTEGER UNIQUE)')
  const insert = database.prepare('INSERT INTO t VALUES (?)')
  const count = database.prepare('SELECT count(*) FROM t')
  const turns: (() => void)[] = []
  const counted = { begun: 0, failCommit: undefined as Error | undefined }
  const gate = createCommitGate(
    {
      begin: () => {
        counted.begun++
        database.begin()
      },
      commit: () => {
        const failure = counted.failCommit
        if (failure) throw failure
        database.commit()
      },
      rollback: () => database.rollback(),
    },
    (run) => turns.push(run),
  )
  const rows = () => integerAt(count.get([]) ?? [], 0)
  const write = (value: number) => gate.enter(() => insert.run([value]))
  const turn = () => {
    for (const run of turns.splice(0)) run()
  }
  return { gate, write, turn, rows, counted, database }
}

describe('the commit gate', () => {
  it('[STO-62] what enters in one turn is one transaction, and is answered only after it', async () => {
    const { write, turn, rows, counted } = gateInHand()
    let answered = 0
    const writes = [1, 2, 3].map((value) => write(value).then(() => answered++))
    await Promise.resolve()
    expect([rows(), answered, counted.begun]).toEqual([0, 0, 0])
    turn()
    await Promise.all(writes)
    expect([rows(), answered, counted.begun]).toEqual([3, 3, 1])
  })

  it('[STO-63] a faulty job fails alone: the others of its group are written', async () => {
    const { gate, write, turn, rows } = gateInHand()
    const faulty = gate.enter(() => {
      throw new Error('a fault of its own')
    })
    const writes = [write(1), faulty, write(1), write(2)]
    turn()
    const outcomes = await Promise.allSettled(writes)
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    await expect(faulty).rejects.toThrow('a fault of its own')
    await expect(writes[2]).rejects.toMatchObject({ problem: { reason: 'storage/unavailable' } })
    expect(rows()).toBe(2)
  })

  it('[STO-64] an error while the commit is being synced is told as unknown, and is not tried again', async () => {
    const { write, turn, counted } = gateInHand()
    counted.failCommit = new Error('input/output error')
    const writes = [write(1), write(2)]
    turn()
    for (const each of writes) await expect(each).rejects.toMatchObject({ problem: { kind: 'unavailable', reason: 'storage/unknown' } })
    expect(counted.begun).toBe(1)
    counted.failCommit = undefined
    const later = write(3)
    turn()
    expect(await later).toBe(1)
  })

  it('[STO-65] closing writes what has entered and refuses what comes later', async () => {
    const { gate, write, rows, turn } = gateInHand()
    const writes = Array.from({ length: 1200 }, (_, i) => write(i))
    gate.close()
    await Promise.all(writes)
    expect(rows()).toBe(1200)
    await expect(write(5000)).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
    turn()
    expect(rows()).toBe(1200)
  })
})
