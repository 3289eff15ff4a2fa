// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { callOpened, callPaused } from '#shared/calls/calls-protocol.ts'
import { caucusInvited } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, TaskId } from '#shared/kernel/ids.ts'
import { asId } from '#shared/kernel/ids.ts'
import { estimateGiven, estimateWithdrawn } from '#shared/waiting/estimate-protocol.ts'
import { taskGiven, taskWithdrawn } from '#shared/waiting/task-protocol.ts'
import { WaitingShown } from './WaitingShown.tsx'

afterEach(cleanup)

const taskId = asId<TaskId>('task'.padEnd(22, '_'))
const world = () => smallCase().enter(AIGUL).enter(PAVEL).join(AIGUL, 'all', sideAudience(BEREKE)).join(PAVEL, 'all', sideAudience(DALA))

/** Whether the strip is asked for: that is when its texts are. */
function asked(of: SmallCase, person: ParticipantId): boolean {
  let groups = 0
  const texts = {
    need: async () => {
      groups++
    },
  } as never // what fetches texts is only watched here
  void renderCase(
    of,
    person,
    <TextLoaderContext value={texts}>
      <WaitingShown />
    </TextLoaderContext>,
  )
  cleanup()
  return groups > 0
}

describe('[WAI-20] when "While you wait" is shown', () => {
  const given = (side: typeof BEREKE) => world().happen(taskGiven, sideAudience(side), { taskId, task: { kind: 'read', clause: '3' } })
  const told = () => world().happen(estimateGiven, 'case', { at: 1 })
  const paused = () => world().happen(callOpened, 'all', {}).happen(callPaused, 'all', {})
  const table: readonly [string, () => SmallCase, ParticipantId, boolean][] = [
    ['nothing set', world, AIGUL, false],
    ['a time told', told, AIGUL, true],
    ['a time told, to the other side alike', told, PAVEL, true],
    ['a time told, the mediator', told, MED, false],
    ['a time taken back', () => told().happen(estimateWithdrawn, 'case', {}), AIGUL, false],
    ['an own task', () => given(BEREKE), AIGUL, true],
    ['a task of others', () => given(DALA), AIGUL, false],
    ['a task taken back', () => given(BEREKE).happen(taskWithdrawn, sideAudience(BEREKE), { taskId }), AIGUL, false],
    ['a paused talk', paused, AIGUL, true],
    ['a caucus of others', () => world().happen(caucusInvited, sideAudience(DALA), {}), AIGUL, false],
    ['a caucus of one’s own', () => world().happen(caucusInvited, sideAudience(BEREKE), {}), AIGUL, false],
  ]
  for (const [what, of, person, shown] of table) {
    it(`[WAI-20] ${what}: ${shown}`, () => {
      expect(asked(of(), person)).toBe(shown)
      expect(screen.queryByRole('note')).toBeNull()
    })
  }
})
