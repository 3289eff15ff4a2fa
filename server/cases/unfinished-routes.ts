import type { Limits } from '#server/http/limits.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { unfinishedList, unfinishedLook, unfinishedRemove, unfinishedSave } from '#shared/cases/unfinished-routes.ts'
import { asId, type UnfinishedId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import type { UnfinishedCases } from './unfinished-cases.ts'

/** A form that is typed without a pause is saved every second or two. */
const SAVING = { points: 2_400, seconds: 3_600 } as const

interface Deps {
  readonly unfinished: UnfinishedCases
  readonly limits: Pick<Limits, 'act'>
  readonly clock: Pick<SteadyClock, 'onWall'>
}

export function unfinishedRoutes({ unfinished, limits, clock }: Deps): readonly ServedRoute[] {
  return [
    serve(unfinishedList, async (_input, { accountId }) => ({
      unfinished: (await unfinished.all(accountId)).map(({ id, value: { form, savedAt } }) => ({
        id: asId<UnfinishedId>(id),
        title: form.title,
        sides: form.sides.map(({ name }) => name),
        savedAt: clock.onWall(savedAt),
      })),
    })),
    serve(unfinishedLook, async ({ unfinishedId }, { accountId }) => {
      const { value, version } = await unfinished.get(accountId, unfinishedId)
      return { form: value.form, version, savedAt: clock.onWall(value.savedAt) }
    }),
    serve(unfinishedSave, async ({ unfinishedId, ...change }, { accountId }) => {
      limits.act('unfinished', accountId, SAVING)
      return unfinished.save(accountId, unfinishedId, change)
    }),
    serve(unfinishedRemove, async ({ unfinishedId }, { accountId }) => {
      await unfinished.remove(accountId, unfinishedId)
      return {}
    }),
  ]
}
