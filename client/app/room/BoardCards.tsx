// The board's cards that other capabilities bring; fetched only by a mediator.
import { useMemo } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { ReadOutCodes } from '#client/identity/ReadOutCodes.tsx'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { nameIn, peopleOf } from '#shared/cases/case-state.ts'
import { crossingFold, isOpen, permissionsIn } from '#shared/crossing/crossing-state.ts'
import { draftFold, readyFold } from '#shared/drafting/drafting-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import './room.css'

const SIGNED: Part<object> = { groups: ['draft'], load: async () => (await import('#client/signing/SignedCard.tsx')).SignedCard }

const CROSSING: Part<object> = {
  groups: ['crossing', 'files'],
  load: async () => (await import('#client/crossing/PermissionsToDeliver.tsx')).PermissionsToDeliver,
}

export function BoardCards() {
  const closed = useSlice(draftFold, 'all')?.phase.kind === 'frozen'
  const client = useCaseClient()
  const { state, me } = useCase()
  const view = useView()
  if (!mediates(me)) return null
  const anyAllowed = view
    .audiences()
    .some((audience) => permissionsIn(view.state(crossingFold, audience) ?? crossingFold.initial).some(isOpen))
  return (
    <>
      <ReadOutCodes caseId={client.caseId} nameOf={(id) => nameIn(state, id) ?? ''} />
      {anyAllowed && <LazyPart part={CROSSING} props={{}} fallback={null} />}
      {closed ? <LazyPart part={SIGNED} props={{}} fallback={null} /> : state.phase === 'mediating' && <ReadyToSign />}
    </>
  )
}

function ReadyToSign() {
  const t = useTexts()
  const f = useFormats()
  const { state } = useCase()
  const view = useView()
  const called = useShortNames()
  const sides = useMemo(
    () =>
      (state.facts?.sides ?? [])
        .filter(({ id }) => state.leftAt[id] === undefined)
        .map(({ id, name }) => ({
          id,
          name,
          at: peopleOf(state, id)
            .map((person) => view.state(readyFold, directAudience(person.id))?.ready?.at)
            .find((at) => at !== undefined),
        })),
    [state, view],
  )
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <h2>{t('caucus.board.ready')}</h2>
        <table className="app-ready">
          <tbody>
            {sides.map(({ id, name, at }) => (
              <tr key={id}>
                <th scope="row" title={name}>
                  {called(name)}
                </th>
                <td data-ready={at !== undefined || undefined}>
                  {at === undefined ? t('caucus.board.ready-no') : t('caucus.board.ready-yes', { time: f.time(at) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Muted small>{t('caucus.board.ready-words')}</Muted>
      </Stack>
    </Card>
  )
}
