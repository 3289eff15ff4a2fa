import { expect, it } from 'vitest'
import { seededEntropy } from '#server/testing/entropy.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { makeErrorLog } from './error-log.ts'

function setUp() {
  const lines: Record<string, unknown>[] = []
  const errors = makeErrorLog({ log: { error: (facts) => void lines.push({ ...facts }) }, entropy: seededEntropy('errors') })
  return { errors, lines }
}

it('[HTTP-9] an error that nobody foresaw is found by its id, with its kind and place and none of its words', () => {
  const { errors, lines } = setUp()
  const id = errors.unknown(new RangeError('Айгуль: 1 840 000 ₸'), { place: 'socket' })
  expect(errors.unknown('text', { place: 'http', id: 'request' })).toBe('request')
  errors.in('drafting')(new TypeError('Айгуль'))
  expect(lines).toMatchObject([
    { id, place: 'socket', error: { type: 'RangeError' } },
    { id: 'request', place: 'http', error: { type: 'string' } },
    { place: 'drafting', error: { type: 'TypeError' } },
  ])
  expect(new Set(lines.map((line) => line.id)).size).toBe(3)
  expect(JSON.stringify(lines)).not.toContain('Айгуль')
})

it('[HTTP-9] what was under way in the background when the server closed is no error; anything else of a worker is', () => {
  const { errors, lines } = setUp()
  errors.in('drafting')(new WorkerFailure('closing'))
  expect(lines).toEqual([])
  errors.in('drafting')(new WorkerFailure('died'))
  expect(lines).toHaveLength(1)
})
