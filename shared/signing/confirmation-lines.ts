// What the mediator looked at and left as it stands when the text was closed, as the release seals it and the certificate of completion
// tells it. Its words stand in the text, or in everybody's case, already.
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { withoutDeceptive } from '#shared/kernel/text/clean-text.ts'
import type { View } from '#shared/log/decide.ts'
import type { ConfirmationLine } from './sealed-records.ts'

export function confirmationLines(view: Pick<View, 'state'>, versionId: VersionId): readonly ConfirmationLine[] {
  const phase = view.state(draftFold, 'all')?.phase
  if (phase?.kind !== 'frozen' || phase.versionId !== versionId || !phase.confirmation) return []
  const { by, at, faults } = phase.confirmation
  return faults.map(({ kind, found }) => ({ kind, found: oneLine(found), by, at }))
}

/** A heading may have a line break in it; a record holds lines, and a release must never fail for one. */
function oneLine(found: string): string {
  return withoutDeceptive(found.replace(/\s+/g, ' ')).trim() || '…'
}
