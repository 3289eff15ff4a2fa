// Both accounts side by side, as what each says. The screen gets shared: nothing of them is drawn before the mediator asks.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { sideWho } from '#client/rooms/people.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { canShowStatements } from '#shared/preparation/preparation-policy.ts'
import { type StatementState, statementFold } from '#shared/preparation/preparation-state.ts'
import { statementsShow } from '#shared/preparation/statement-protocol.ts'
import './reasons.ts'
import './preparation.css'

interface Account {
  readonly person: CasePerson
  readonly own: StatementState
}

export function StatementsBoard() {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const [shown, setShown] = useState(false)
  const [asking, setAsking] = useState(false)
  const people = state.facts?.people.filter((person) => !mediates(person) && person.endedAt === undefined) ?? []
  const accounts = people.map(
    (person): Account => ({
      person,
      own: view.state(statementFold, directAudience(person.id)) ?? statementFold.initial,
    }),
  )
  const written = accounts.filter(({ own }) => own.all.text !== '' || own.mediator.text !== '')
  const ready = accounts.filter(({ own }) => own.isAllowed && own.shownAt === undefined)
  const mayShow = canShowStatements(me, state) && ready.length > 0
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <Row justify="between" wrap>
          <h2>{t('preparation.board.title')}</h2>
          {written.length > 0 && (
            <Button size="s" icon={shown ? 'eye-off' : 'eye'} onClick={() => setShown(!shown)}>
              {t(shown ? 'preparation.board.hide' : 'preparation.board.show')}
            </Button>
          )}
        </Row>
        <Muted>{t('preparation.board.written', { count: written.length, all: accounts.length })}</Muted>
        {shown && (
          <div className="preparation-accounts">
            {written.map(({ person, own }) => (
              <OneAccount key={person.id} person={person} own={own} />
            ))}
          </div>
        )}
        {ready.length > 0 && !state.session && <Muted small>{t('preparation.board.in-session')}</Muted>}
        {mayShow && (
          <Button size="s" icon="people" onClick={() => setAsking(true)}>
            {t('preparation.board.show-all')}
          </Button>
        )}
      </Stack>
      {asking && <ShowDialog names={ready.map(({ person }) => person.name)} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function OneAccount({ person, own }: Account) {
  const t = useTexts()
  const { state } = useCase()
  const status = own.shownAt !== undefined ? 'is-shown' : own.isAllowed ? 'may-be-shown' : 'not-yet'
  return (
    <article className="preparation-account" data-who={person.sideId === undefined ? 'self' : sideWho(state, person.sideId)}>
      <h3>{t('preparation.board.says', { name: person.name })}</h3>
      {own.all.text !== '' && (
        <>
          <Chip icon={own.isAllowed || own.shownAt !== undefined ? 'people' : 'clock'}>{t(`preparation.board.${status}`)}</Chip>
          <blockquote className="preparation-words">{own.all.text}</blockquote>
        </>
      )}
      {own.mediator.text !== '' && (
        <>
          <Chip who="mediators" icon="lock">
            {t('preparation.board.only-you')}
          </Chip>
          <blockquote className="preparation-words">{own.mediator.text}</blockquote>
        </>
      )}
    </article>
  )
}

function ShowDialog({ names, onClose }: { names: readonly string[]; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  return (
    <ConfirmDialog
      title={t('preparation.board.show-all')}
      confirm={t('preparation.board.show-now')}
      kind="who"
      who="joint"
      busy={busy}
      problem={problem}
      act={() => run(statementsShow, {})}
      onClose={onClose}
    >
      <p>{t('preparation.board.show-words')}</p>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
