// On the mediator's board: whoever reads only what they are let into, room by room, for how long, and who has agreed to it.
import { useState } from 'react'
import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { PersonRow } from '#client/rooms/PeopleSide.tsx'
import { useNow } from '#client/rooms/use-now.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button, LinkButton } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card, PersonLine } from '#client/ui/base/surfaces.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { mediatorAdd } from '#shared/cases/mediator-protocol.ts'
import { consentAsk } from '#shared/rooms/consent-protocol.ts'
import { grantTake } from '#shared/rooms/grant-protocol.ts'
import { GrantDialog } from './GrantDialog.tsx'
import { type AskedConsent, type GrantedPerson, type GrantedRoom, grantsOf, type ProposedMediator, proposalsOf } from './grants-of.ts'
import './grants.css'

interface Chosen {
  readonly who: GrantedPerson
  readonly room: GrantedRoom
}

export function GrantsCard() {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const now = useNow()
  const [chosen, choose] = useState<Chosen>()
  const people = grantsOf(view, state, now)
  if (state.phase === 'closed') return null
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <h2>{t('rooms.grants.title')}</h2>
        <Muted small>{t(people.length > 0 ? 'rooms.grants.lead' : 'rooms.grants.none')}</Muted>
        {proposalsOf(view, state).map((proposed) => (
          <Proposed key={proposed.id} proposed={proposed} />
        ))}
        {people.map((who) => (
          <article key={who.person.id} className="rooms-granted" aria-label={who.person.name}>
            <PersonRow person={who.person} />
            {who.arrived && who.confirmed ? (
              <ul>
                {who.rooms.map((room) => (
                  <Room key={room.audience} {...{ who, room }} onChoose={() => choose({ who, room })} />
                ))}
              </ul>
            ) : (
              <Muted small>{t(who.arrived ? 'rooms.grants.not-confirmed' : 'rooms.grants.not-arrived')}</Muted>
            )}
          </article>
        ))}
        <div>
          <LinkButton href={`/office/cases/${me.caseId}`} size="s" icon="plus">
            {t('rooms.grants.add')}
          </LinkButton>
        </div>
      </Stack>
      {chosen && <GrantDialog {...chosen} onClose={() => choose(undefined)} />}
    </Card>
  )
}

function Room({ who, room, onChoose }: Chosen & { readonly onChoose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  const { run, busy, problem } = useCommand()
  const { audience, side, grant, consent } = room
  const { id: participantId } = who.person
  const name = side ? called(side.name) : t('rooms.people.joint')
  const inCase = `${name}: ${who.person.name}`
  return (
    <li data-in={grant !== undefined || undefined}>
      <span className="rooms-granted-room">
        <strong title={side?.name}>{name}</strong>
        <small role={problem ? 'alert' : undefined}>{problem ? problemWords(problem, t) : roomNote(room, t, f, called)}</small>
      </span>
      {grant ? (
        <Button
          size="s"
          busy={busy}
          aria-label={`${t('rooms.grants.end')}, ${inCase}`}
          onClick={() => void run(grantTake, { audience, participantId })}
        >
          {t('rooms.grants.end')}
        </Button>
      ) : consent && consent.all !== 'given' ? (
        consent.mayAsk && (
          <Button
            size="s"
            busy={busy}
            aria-label={`${t('rooms.grants.ask')}, ${inCase}`}
            onClick={() => void run(consentAsk, { audience, participantId })}
          >
            {t('rooms.grants.ask')}
          </Button>
        )
      ) : (
        <Button size="s" aria-label={`${t('rooms.grants.let-in')}, ${inCase}`} onClick={onChoose}>
          {t('rooms.grants.let-in')}
        </Button>
      )}
    </li>
  )
}

/** Another mediator: what the sides have answered, and the step that takes them in. */
function Proposed({ proposed: { id, name, before, consent } }: { readonly proposed: ProposedMediator }) {
  const t = useTexts()
  const called = useShortNames()
  const { run, busy, problem } = useCommand()
  return (
    <article className="rooms-granted" aria-label={name}>
      <PersonLine
        name={name}
        who="mediators"
        away
        note={before === undefined ? t('rooms.grants.proposed') : t('rooms.grants.proposed-instead', { name: before })}
      />
      <Muted small>{problem ? problemWords(problem, t) : sidesTold(consent.sides, t, called)}</Muted>
      {before !== undefined && <Muted small>{t('rooms.grants.court')}</Muted>}
      {consent.all === 'given' && (
        <div>
          <Button size="s" busy={busy} onClick={() => void run(mediatorAdd, { participantId: id })}>
            {t('rooms.grants.add-mediator')}
          </Button>
        </div>
      )}
    </article>
  )
}

function sidesTold(sides: AskedConsent['sides'], t: Translate, called: (name: string) => string): string {
  return sides.map(({ name, consent }) => t(`rooms.grants.consent.${consent}`, { side: called(name) })).join('; ')
}

function roomNote({ grant, consent }: GrantedRoom, t: Translate, f: Formats, called: (name: string) => string): string {
  if (grant?.from !== undefined) return t('rooms.grants.from', { time: f.time(grant.from) })
  if (grant?.withSession) return t('rooms.grants.with-session')
  if (grant) return grant.until === undefined ? t('rooms.grants.open') : t('rooms.grants.until', { time: f.time(grant.until) })
  if (!consent) return t('rooms.grants.out')
  if (!consent.isAsked) return t(consent.mayAsk ? 'rooms.grants.needs-consent' : 'rooms.grants.nobody-to-ask')
  return sidesTold(consent.sides, t, called)
}
