// What lies over a phone that was given away: who can take it back, by name, and nothing else of anybody.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { OwnCodeField, useTypedCode } from './own-code.tsx'
import type { PersonOnPhone } from './people-on-phone.ts'

interface PhoneScreenProps {
  readonly people: readonly PersonOnPhone[]
  /** Throws what the code was refused for. */
  readonly takeBack: (person: PersonOnPhone, code: string) => Promise<void>
  readonly onTaken: (person: PersonOnPhone) => void
}

export function PhoneScreen({ people, takeBack, onTaken }: PhoneScreenProps) {
  const t = useTexts()
  const [chosen, choose] = useState<PersonOnPhone>()
  const head = useRef<HTMLHeadingElement>(null)
  // One question a screen: whoever listens is told which one it is now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the screen is what it follows
  useEffect(() => head.current?.focus(), [chosen])
  if (people.length === 0) {
    return (
      <PageFrame width="narrow">
        <EmptyState icon="device" title={t('identity.phone.nobody')}>
          <p>{t('identity.phone.own-link')}</p>
        </EmptyState>
      </PageFrame>
    )
  }
  return (
    <PageFrame width="narrow">
      <Stack gap={5}>
        <h1 ref={head} tabIndex={-1}>
          {chosen ? t('identity.phone.enter', { name: chosen.name }) : t('identity.phone.who')}
        </h1>
        {chosen ? (
          <OwnCodeForm key={chosen.participantId} person={chosen} {...{ takeBack, onTaken }} onBack={() => choose(undefined)} />
        ) : (
          <>
            <p>{t('identity.phone.covered')}</p>
            <Stack gap={3}>
              {people.map((person) => (
                <Button key={person.participantId} size="l" wide icon="lock" onClick={() => choose(person)}>
                  {person.name}
                </Button>
              ))}
            </Stack>
            <Muted small>{t('identity.phone.own-link')}</Muted>
          </>
        )}
      </Stack>
    </PageFrame>
  )
}

interface OwnCodeFormProps extends Omit<PhoneScreenProps, 'people'> {
  readonly person: PersonOnPhone
  readonly onBack: () => void
}

function OwnCodeForm({ person, takeBack, onTaken, onBack }: OwnCodeFormProps) {
  const t = useTexts()
  const typed = useTypedCode((code) => takeBack(person, code))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await typed.send()) onTaken(person)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap={4}>
        {typed.problem && <ProblemBanner problem={typed.problem} />}
        <Card>
          <OwnCodeField typed={typed} />
        </Card>
        <SubmitButton kind="primary" size="l" wide busy={typed.busy} wait={typed.wait}>
          {t('ui.next')}
        </SubmitButton>
        <Button wide onClick={onBack}>
          {t('identity.phone.other')}
        </Button>
      </Stack>
    </form>
  )
}
