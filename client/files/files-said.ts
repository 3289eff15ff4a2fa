import type { SaidBeside } from '#client/messaging/use-unread.ts'
import { filesFold } from '#shared/files/files-state.ts'
import { valuesOf } from '#shared/log/seq-map.ts'

/** Files are new until they were seen, as words are; of one that is not shown, its name stands for it. */
export const filesSaid: SaidBeside = (view, audience, after) =>
  valuesOf((view.state(filesFold, audience) ?? filesFold.initial).posts, after).flatMap(({ seq, by, file }) =>
    file ? [{ seq, by, text: file.name }] : [],
  )
