// On the mediator's board: what may be passed on, side by side. The words themselves are on the page only once they are asked for.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { nameIn, personIn } from '#shared/cases/case-state.ts'
import { crossingFold, isOpen, type Permission, permissionsIn } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import { PermissionCard } from './PermissionCard.tsx'
import './crossing.css'

interface InRoom {
  readonly audience: Audience
  readonly permission: Permission
}

/** Those that stand in the rooms that this person sees. */
function permissionsToDeliver(view: View): readonly InRoom[] {
  return view.audiences().flatMap((audience) =>
    permissionsIn(view.state(crossingFold, audience) ?? crossingFold.initial)
      .filter(isOpen)
      .map((permission) => ({ audience, permission })),
  )
}

export function PermissionsToDeliver() {
  const t = useTexts()
  const { state } = useCase()
  const view = useView()
  const all = permissionsToDeliver(view)
  if (all.length === 0) return null
  const ofSide = (side: string | undefined) => all.filter(({ permission }) => personIn(state, permission.owner)?.sideId === side)
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <h2>{t('crossing.board.title')}</h2>
        {(state.facts?.sides ?? []).map(({ id, name }) => (
          <OfSide key={id} name={name} permissions={ofSide(id)} />
        ))}
      </Stack>
    </Card>
  )
}

function OfSide({ name, permissions }: { readonly name: string; readonly permissions: readonly InRoom[] }) {
  const t = useTexts()
  const called = useShortNames()
  const [shown, show] = useState(false)
  const { state } = useCase()
  if (permissions.length === 0) return null
  return (
    <Stack gap={3}>
      <Row justify="between" wrap>
        <span title={name}>{t('crossing.board.side', { name: called(name), count: permissions.length })}</span>
        <Button size="s" aria-expanded={shown} onClick={() => show(!shown)}>
          {t(shown ? 'crossing.board.hide' : 'crossing.bar.show')}
        </Button>
      </Row>
      {shown &&
        permissions.map(({ audience, permission }) => (
          <section key={permission.permissionId} aria-label={nameIn(state, permission.owner)}>
            <PermissionCard audience={audience} permission={permission} />
          </section>
        ))}
    </Stack>
  )
}
