// The code was accepted and everything is confirmed; the mediator lets people in one by one. Shows nothing about anybody else.
import { type ReactNode, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Avatar, Card, Chip, Dot } from '#client/ui/base/surfaces.tsx'
import { PageActions, PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { RoomHeader } from './RoomHeader.tsx'
import { useCase, useConnected } from './use-room.ts'

interface WaitingRoomProps {
  readonly items: readonly MenuItem[]
  readonly held: number
  /** The line to the mediator, with its composer. */
  readonly talk: ReactNode
  readonly unread: number
  /** What the mediator has written to this person. */
  readonly said: ReactNode
  /** What is opened when it is wished for: own notes, how one is told when something comes. */
  readonly topics: ReactNode
  readonly onReading: (reading: boolean) => void
  /** Undefined for whoever is no side: they are not kept by the mediation, and cannot end it. */
  readonly onLeave: (() => void) | undefined
}

export function WaitingRoom({ items, held, talk, unread, said, topics, onReading, onLeave }: WaitingRoomProps) {
  const t = useTexts()
  const { state } = useCase()
  const connected = useConnected()
  const isCut = useConnectionState().kind === 'offline'
  const [writing, setWriting] = useState(false)
  const write = (now: boolean) => {
    setWriting(now)
    onReading(now)
  }
  const { facts } = state
  const mediators = mediatorsOf(state)
  const mediator = mediators.find(({ id }) => connected.has(id)) ?? mediators[0]
  if (!facts || !mediator) return null
  // who is there is known only while there is a line
  const here = connected.has(mediator.id) && !isCut
  const header = <RoomHeader title={facts.title} heading={writing} held={held} items={items} />
  if (writing) {
    return (
      <div className="rooms-waiting-talk">
        <div className="ui-header">{header}</div>
        <div className="rooms-waiting-back">
          <Button kind="quiet" icon="back" onClick={() => write(false)}>
            {t('rooms.waiting.back')}
          </Button>
        </div>
        {talk}
      </div>
    )
  }
  return (
    <PageFrame width="narrow" header={<header className="ui-header">{header}</header>}>
      <div className="rooms-waiting">
        <Stack gap={5} align="center">
          <Avatar name={mediator.name} who="mediators" size="l" away={!here} />
          <Stack gap={2} align="center">
            <h1>{t('rooms.waiting.title', { name: mediator.name })}</h1>
            {isCut ? (
              <Chip tone="warn" icon="wifi-off">
                {t('rooms.sync-status.offline')}
              </Chip>
            ) : (
              <Chip who="mediators" icon={here ? 'check' : 'clock'}>
                {here ? t('rooms.waiting.mediator-knows') : t('rooms.waiting.mediator-away')}
              </Chip>
            )}
            <Muted>
              {t(isCut ? 'rooms.waiting.words-offline' : state.session ? 'rooms.waiting.words-session' : 'rooms.waiting.words')}
            </Muted>
          </Stack>
          {said}
          <Card tight as="section">
            <Stack gap={2}>
              <h2>{t('rooms.waiting.think')}</h2>
              <p>{t('rooms.waiting.think-words')}</p>
            </Stack>
          </Card>
          <div className="rooms-waiting-topics">{topics}</div>
          {facts.voice === 'phone' && <Muted small>{t('rooms.waiting.phone')}</Muted>}
        </Stack>
      </div>
      <PageActions>
        <Button icon="pen" size="l" onClick={() => write(true)}>
          {t('rooms.waiting.write')}
          {unread > 0 && <Dot count={unread} who="mediators" label={t('ui.unread', { count: unread })} />}
        </Button>
        {onLeave && (
          <Button kind="quiet" onClick={onLeave}>
            {t('rooms.waiting.leave')}
          </Button>
        )}
      </PageActions>
    </PageFrame>
  )
}
