// Exactly these words, or this file, to these people. What is shown is what the server will store: the words or the file, every reader, the
// sentence.
import { useMemo, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { audienceWho } from '#client/rooms/people.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Row } from '#client/ui/base/layout.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { nameIn, personIn } from '#shared/cases/case-state.ts'
import { permissionGive, type ToAllow } from '#shared/crossing/crossing-protocol.ts'
import { permissionSentence } from '#shared/crossing/permission-sentence.ts'
import { readersThere, targetsFrom } from '#shared/crossing/permission-target.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type PermissionId, type WordingId } from '#shared/kernel/ids.ts'
import { useTargetWords } from './use-target-words.ts'
import { WhatIsAllowed } from './WhatIsAllowed.tsx'
import './crossing.css'

export type WhatToShow =
  | { readonly kind: 'own'; readonly text: string }
  /** As they were confirmed: nothing of them is changed. */
  | { readonly kind: 'wording'; readonly wordingId: WordingId; readonly text: string }
  /** Of this room, under the name that it may be passed on with. */
  | { readonly kind: 'file'; readonly file: FileFacts }

interface AllowDialogProps {
  readonly audience: Audience
  readonly what: WhatToShow
  readonly to?: Audience
  readonly replaces?: PermissionId
  readonly onClose: () => void
}

export function AllowDialog({ audience, what, to: before, replaces, onClose }: AllowDialogProps) {
  const t = useTexts()
  const f = useFormats()
  const client = useCaseClient()
  const { state, me } = useCase()
  const view = useView()
  const whereOf = useTargetWords()
  const { run, busy, problem } = useCommand()
  // the words themselves, or the name of the file
  const [text, write] = useState(what.kind === 'file' ? what.file.name : what.text)
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
      what: toAllow(what, text),
      to: chosen.target,
      readers: [...chosen.readers],
      ...(replaces === undefined ? {} : { replaces }),
    }))
  const isFile = what.kind === 'file'
  const missing =
    text.trim() === ''
      ? t(isFile ? 'crossing.allow.name-first' : 'crossing.allow.words-first')
      : chosen
        ? false
        : t('crossing.allow.whom-first')
  const textFault = wordsAt(isFile ? 'what.name' : 'what.text', problem, t)
  const language = personIn(state, me.id)?.language ?? 'ru'
  return (
    <ConfirmDialog
      title={t(isFile ? 'crossing.allow.title.file' : 'crossing.allow.title')}
      size="l"
      confirm={t('crossing.allow.do')}
      {...(chosen ? { kind: 'who' as const, who: audienceWho(state, chosen.target) } : {})}
      missing={missing}
      busy={busy}
      problem={textFault ? undefined : problem}
      act={allow}
      onClose={onClose}
    >
      <WhatIsAllowed what={what} text={text} onWrite={write} fault={textFault} />
      <RadioGroup
        label={t('crossing.allow.whom')}
        value={to}
        onChange={choose}
        options={targets.map(({ target, readers }) => ({
          value: target,
          label: whereOf(target),
          note: t(isFile ? 'crossing.readers.file' : 'crossing.readers', { names: namesOf(readers) }),
        }))}
      />
      {chosen && (
        <Disclosure label={t('crossing.allow.sentence')}>
          <p className="crossing-sentence" lang={language}>
            {permissionSentence({ ...thingOf(what, text), owner: me.id, to: chosen.target, readers: chosen.readers }, state, language)}
          </p>
        </Disclosure>
      )}
      <Row justify="between" align="start">
        <p>{t(isFile ? 'crossing.allow.after.file' : 'crossing.allow.after')}</p>
        <AloudHere brief />
      </Row>
    </ConfirmDialog>
  )
}

function toAllow(what: WhatToShow, text: string): ToAllow {
  if (what.kind === 'own') return { kind: 'own', text }
  if (what.kind === 'wording') return { kind: 'wording', wordingId: what.wordingId }
  const { fileId, sha256 } = what.file
  return { kind: 'file', fileId, sha256, name: text }
}

/** As the sentence names it. */
function thingOf(what: WhatToShow, text: string) {
  return what.kind === 'file' ? ({ kind: 'file', file: { ...what.file, name: text } } as const) : ({ kind: 'words' } as const)
}
