// Exactly these words to these people. What is shown is what the server will store: the words, every reader, the sentence.
import { useMemo, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { audienceWho } from '#client/rooms/people.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { RadioGroup, TextArea } from '#client/ui/forms/inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { nameIn, personIn } from '#shared/cases/case-state.ts'
import { permissionGive } from '#shared/crossing/crossing-protocol.ts'
import { permissionSentence } from '#shared/crossing/permission-sentence.ts'
import { readersThere, targetsFrom } from '#shared/crossing/permission-target.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type PermissionId, type WordingId } from '#shared/kernel/ids.ts'
import { MAX_MESSAGE_LENGTH } from '#shared/messaging/messaging-protocol.ts'
import { useTargetWords } from './use-target-words.ts'
import './crossing.css'

export type WordsToShow =
  | { readonly kind: 'own'; readonly text: string }
  /** As they were confirmed: nothing of them is changed. */
  | { readonly kind: 'wording'; readonly wordingId: WordingId; readonly text: string }

interface AllowDialogProps {
  readonly audience: Audience
  readonly words: WordsToShow
  readonly to?: Audience
  readonly replaces?: PermissionId
  readonly onClose: () => void
}

export function AllowDialog({ audience, words, to: before, replaces, onClose }: AllowDialogProps) {
  const t = useTexts()
  const f = useFormats()
  const client = useCaseClient()
  const { state, me } = useCase()
  const view = useView()
  const whereOf = useTargetWords()
  const { run, busy, problem } = useCommand()
  const [text, write] = useState(words.text)
  const [to, choose] = useState(before)
  const [permissionId] = useState(() => asId<PermissionId>(randomId()))
  const targets = useMemo(() => {
    const own: readonly Audience[] = [directAudience(me.id), ...(me.sideId ? [sideAudience(me.sideId)] : [])]
    const now = client.now()
    return targetsFrom(audience, { view, state })
      .filter((target) => !own.includes(target))
      .map((target) => ({ target, readers: readersThere(target, { view, state, now }) }))
  }, [audience, view, state, me, client])
  const chosen = targets.find(({ target }) => target === to)
  const namesOf = (readers: readonly (typeof me.id)[]) => f.list(readers.map((id) => nameIn(state, id) ?? ''))
  const allow = async () =>
    chosen !== undefined &&
    (await run(permissionGive, {
      audience,
      permissionId,
      words: words.kind === 'own' ? { kind: 'own', text } : { kind: 'wording', wordingId: words.wordingId },
      to: chosen.target,
      readers: [...chosen.readers],
      ...(replaces === undefined ? {} : { replaces }),
    }))
  const missing = text.trim() === '' ? t('crossing.allow.words-first') : chosen ? false : t('crossing.allow.whom-first')
  const textFault = wordsAt('words.text', problem, t)
  const language = personIn(state, me.id)?.language ?? 'ru'
  return (
    <ConfirmDialog
      title={t('crossing.allow.title')}
      size="l"
      confirm={t('crossing.allow.do')}
      {...(chosen ? { kind: 'who' as const, who: audienceWho(state, chosen.target) } : {})}
      missing={missing}
      busy={busy}
      problem={textFault ? undefined : problem}
      act={allow}
      onClose={onClose}
    >
      {words.kind === 'own' ? (
        <Field label={t('crossing.allow.words')} hint={t('crossing.allow.words-hint')} error={textFault}>
          <TextArea value={text} onChange={write} maxLength={MAX_MESSAGE_LENGTH} />
        </Field>
      ) : (
        <div>
          <p>{t('crossing.allow.confirmed')}</p>
          <blockquote className="crossing-words">{words.text}</blockquote>
        </div>
      )}
      <RadioGroup
        label={t('crossing.allow.whom')}
        value={to}
        onChange={choose}
        options={targets.map(({ target, readers }) => ({
          value: target,
          label: whereOf(target),
          note: t('crossing.readers', { names: namesOf(readers) }),
        }))}
      />
      {chosen && (
        <Disclosure label={t('crossing.allow.sentence')}>
          <p className="crossing-sentence" lang={language}>
            {permissionSentence({ owner: me.id, to: chosen.target, readers: chosen.readers }, state, language)}
          </p>
        </Disclosure>
      )}
      <p>{t('crossing.allow.after')}</p>
    </ConfirmDialog>
  )
}
