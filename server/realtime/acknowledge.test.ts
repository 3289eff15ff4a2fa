import { expect, it } from 'vitest'
import { WorkerFailure } from '#server/workers/task.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import { acknowledge } from './acknowledge.ts'

async function answerTo(cause: unknown): Promise<{ readonly problem: Problem; readonly noted: readonly unknown[] }> {
  const noted: unknown[] = []
  const errors = { unknown: (found: unknown) => `id ${noted.push(found)}` }
  const answer = await new Promise<{ ok: boolean; problem: Problem }>((resolve) => {
    void acknowledge(errors, resolve, () => Promise.reject(cause))
  })
  expect(answer.ok).toBe(false)
  return { problem: answer.problem, noted }
}

it('[WRK-4] whoever asks while too much waits is told to come again; it is no error of ours', async () => {
  for (const fault of ['queue-full', 'resting', 'closing'] as const)
    expect(await answerTo(new WorkerFailure(fault, 'open'))).toEqual({ problem: { kind: 'unavailable' }, noted: [] })
})

it('[WRK-9] what a task breaks by itself is noted, and answered by its id alone', async () => {
  for (const fault of ['failed', 'died', 'timeout'] as const) {
    const failure = new WorkerFailure(fault, 'RangeError')
    expect(await answerTo(failure)).toEqual({ problem: { kind: 'internal', id: 'id 1' }, noted: [failure] })
  }
})

it('[WRK-7] where no thread starts whoever asked is told to come again, and the operator finds it in the error log', async () => {
  const failure = new WorkerFailure('no-thread', 'slow start')
  expect(await answerTo(failure)).toEqual({ problem: { kind: 'unavailable' }, noted: [failure] })
  const told = new AppError({ kind: 'unavailable', reason: 'signing/cannot-make' }, { cause: failure })
  expect(await answerTo(told)).toEqual({ problem: told.problem, noted: [told] })
})
