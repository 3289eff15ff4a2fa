// The mediator reads earlier texts and brings one back. What happens is said before, and followed by what the log tells.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ErrorState, ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState, Skeleton } from '#client/ui/feedback/states.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { settlementOf } from '#shared/document/case-documents.ts'
import type { SavedState } from '#shared/drafting/draft-wire.ts'
import { PlainText } from '../PlainText.tsx'
import { StateList } from './StateList.tsx'
import { askState, askStates, useAsked } from './saved-states.ts'
import { type Restoring, useRestoring } from './use-restoring.ts'
import './earlier-texts.css'

export function EarlierTexts({ onClose }: { onClose: () => void }) {
  const f = useFormats()
  const t = useTexts()
  const restoring = useRestoring()
  const [chosen, setChosen] = useState<SavedState>()
  const [anew, setAnew] = useState(false)
  const done = restoring.following.kind === 'done'
  useEffect(() => {
    if (done) onClose() // the notices beside the text say the rest
  }, [done, onClose])
  const when = chosen && `${f.date(chosen.at)}, ${f.time(chosen.at)}`
  const busy = restoring.following.kind === 'under-way'
  const another = restoring.following.kind === 'another'
  const start = (way: 'bring-back' | 'begin-anew') => chosen && restoring.start(way, chosen.revision)
  if (chosen && when && anew) {
    return (
      <Dialog
        key="anew"
        title={t('drafting.earlier.anew.title')}
        onClose={onClose}
        actions={
          <>
            <Button onClick={() => setAnew(false)}>{t('drafting.earlier.anew.not')}</Button>
            <Button kind="primary" busy={busy} disabled={another} onClick={() => start('begin-anew')}>
              {t('drafting.earlier.anew.do')}
            </Button>
          </>
        }
      >
        <ul className="draft-close-points">
          <li>{t('drafting.earlier.anew.all', { when })}</li>
          <li>{t('drafting.earlier.anew.unsent')}</li>
          <li>{t('drafting.earlier.anew.told')}</li>
        </ul>
        <p>{t('drafting.earlier.anew.when')}</p>
        <Progress restoring={restoring} way="begin-anew" />
      </Dialog>
    )
  }
  return (
    <Dialog
      key="all"
      title={t('drafting.earlier.open')}
      size="l"
      onClose={onClose}
      actions={
        chosen && (
          <>
            <p className="draft-earlier-what">{t('drafting.earlier.bring.what')}</p>
            <Button kind="quiet" disabled={busy || another} onClick={() => setAnew(true)}>
              {t('drafting.earlier.anew')}
            </Button>
            <Button kind="primary" icon="undo" busy={busy} disabled={another} onClick={() => start('bring-back')}>
              {t('drafting.earlier.bring')}
            </Button>
          </>
        )
      }
    >
      <Progress restoring={restoring} way="bring-back" />
      <ListAndText chosen={chosen} when={when} onChoose={setChosen} />
    </Dialog>
  )
}

/** The list, and beside it or, on a phone, in its place the text that was chosen. */
function ListAndText({
  chosen,
  when,
  onChoose,
}: {
  chosen: SavedState | undefined
  when: string | undefined
  onChoose: (state: SavedState | undefined) => void
}) {
  const t = useTexts()
  const { connection, caseId } = useCaseClient()
  const [states, again] = useAsked(useCallback(() => askStates(connection, settlementOf(caseId).id), [connection, caseId]))
  const list = useRef<HTMLDivElement>(null)
  const before = useRef<number>(undefined)
  useEffect(() => {
    // back in the list where one was
    if (!chosen) list.current?.querySelector<HTMLElement>(`[data-revision="${before.current}"]`)?.focus()
    before.current = chosen?.revision
  }, [chosen])
  if (states.kind === 'asking') return <Skeleton lines={6} />
  if (states.kind === 'failed') return <ErrorState problem={states.problem} onRetry={again} />
  if (states.value.states.length === 0) {
    return (
      <EmptyState icon="clock" title={t('drafting.earlier.empty')}>
        {t('drafting.earlier.empty.text')}
      </EmptyState>
    )
  }
  return (
    <div className="draft-earlier" data-chosen={chosen !== undefined || undefined}>
      <div ref={list} className="draft-earlier-all">
        <p>{t('drafting.earlier.about')}</p>
        <StateList states={states.value.states} chosen={chosen?.revision} onChoose={onChoose} />
      </div>
      <p className="ui-hidden" role="status">
        {when && t('drafting.earlier.text', { when })}
      </p>
      {chosen && when !== undefined ? (
        <ChosenText key={chosen.revision} revision={chosen.revision} when={when} onBack={() => onChoose(undefined)} />
      ) : (
        <p className="draft-earlier-none">{t('drafting.earlier.choose')}</p>
      )}
    </div>
  )
}

function ChosenText({ revision, when, onBack }: { revision: number; when: string; onBack: () => void }) {
  const t = useTexts()
  const { connection, caseId } = useCaseClient()
  const [text, again] = useAsked(useCallback(() => askState(connection, settlementOf(caseId).id, revision), [connection, caseId, revision]))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.scrollIntoView?.({ block: 'nearest' })
    // On a phone the list has made room for the text, and what had the focus is gone.
    if (document.activeElement === document.body || !document.activeElement?.checkVisibility?.()) heading.current?.focus()
  }, [])
  return (
    <section className="draft-earlier-text" aria-labelledby="draft-earlier-when">
      <span className="draft-earlier-back">
        <Button kind="quiet" size="s" icon="back" onClick={onBack}>
          {t('drafting.earlier.back')}
        </Button>
      </span>
      <h3 id="draft-earlier-when" ref={heading} tabIndex={-1}>
        {t('drafting.earlier.text', { when })}
      </h3>
      {text.kind === 'failed' && <ErrorState problem={text.problem} onRetry={again} />}
      {text.kind === 'asking' && <Skeleton lines={8} />}
      {text.kind === 'there' && (
        <Paper label={t('drafting.earlier.text', { when })}>
          <PlainText blocks={text.value.blocks} />
        </Paper>
      )}
    </section>
  )
}

function Progress({ restoring: { following, problem, clear }, way }: { restoring: Restoring; way: 'bring-back' | 'begin-anew' }) {
  const t = useTexts()
  return (
    <div className="draft-earlier-progress" role="status">
      {following.kind === 'under-way' && <Banner icon="clock">{t(`drafting.told.${way}.asked`)}</Banner>}
      {following.kind === 'another' && <Banner icon="clock">{t('drafting.earlier.another')}</Banner>}
      {following.kind === 'failed' && (
        <Banner tone="warn" title={t('drafting.told.bring-back.failed')}>
          {t(`drafting.told.fault.${following.fault}`)}
        </Banner>
      )}
      {problem && <ProblemBanner problem={problem} onClose={clear} />}
    </div>
  )
}
