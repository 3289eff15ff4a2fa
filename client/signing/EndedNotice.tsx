// Above the rooms once the mediation has ended: how, what there is to take away, who can still write, and how one comes back.
import { useMemo, useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Button, LinkButton } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { FetchedPart } from '#client/ui/feedback/FetchedPart.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { useMedia } from '#client/ui/state/use-media.ts'
import type { CaseState } from '#shared/cases/case-state.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { type Agreed, agreementFold } from '#shared/signing/signing-state.ts'
import { SaveButton } from './SaveButton.tsx'
import './reasons.ts'

/** Fetched when it is printed. */
const loadAct = async () => (await import('./ending-act/EndingAct.tsx')).EndingAct

export function EndedNotice({ api }: { readonly api: AuthorisedApi }) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  // whoever never was in the joint room knows that there is an agreement, and nothing of it
  const agreed = useSlice(agreementFold, 'all')?.agreed
  const { ended, phase } = state
  // the conversation keeps its place: there the first sentence stands, and the others on a tap
  const narrow = useMedia('phone')
  const low = useMedia('low')
  const brief = narrow || low
  const [printing, print] = useState(false)
  const asked = useMemo(() => ({ onPrinted: () => print(false) }), [])
  if (!ended) return null
  const guest = !mediates(me)
  const [first, ...more] = [
    ...howEnded(ended, agreed, guest, t, f),
    t(phase === 'performing' ? 'signing.over.performing' : 'signing.over.closed'),
    ...(guest ? [t('signing.over.back')] : []),
  ]
  const check = (
    <LinkButton href="/verify" icon="shield" size="s" target="_blank" rel="noopener">
      {t('signing.released.open-verify')}
    </LinkButton>
  )
  return (
    <Banner
      tone={ended.ground === 'settled' ? 'good' : 'info'}
      icon="scales"
      title={t('signing.over.title', { when: f.date(ended.at) })}
      actions={
        agreed?.kind === 'released' ? (
          <>
            <SaveButton api={api} what="bundle" versionId={agreed.versionId} size="s" />
            {!brief && check}
          </>
        ) : (
          ended.ground !== 'settled' && (
            <>
              <Button size="s" icon="file" onClick={() => print(true)}>
                {t('signing.over.act')}
              </Button>
              {printing && <FetchedPart load={loadAct} props={{ asked }} fallback={null} />}
            </>
          )
        )
      }
    >
      {first}
      {brief ? (
        <Disclosure label={t('signing.over.more')}>
          <p>{more.join(' ')}</p>
          {agreed?.kind === 'released' && check}
        </Disclosure>
      ) : (
        ` ${more.join(' ')}`
      )}
    </Banner>
  )
}

function howEnded(
  { ground }: NonNullable<CaseState['ended']>,
  agreed: Agreed | undefined,
  guest: boolean,
  t: Translate,
  f: ReturnType<typeof useFormats>,
): readonly string[] {
  if (agreed?.kind === 'released') return [t('signing.over.released'), t('signing.over.file')]
  if (agreed?.kind === 'paper') {
    const date = f.numericDate(Date.parse(`${agreed.signedOn}T00:00:00Z`))
    return [t('signing.over.paper', { date, place: agreed.place }), ...(guest ? [t('signing.over.copy')] : [])]
  }
  return [t('signing.over.ground', { ground }), ...(ground === 'settled' ? [] : [t('signing.over.none')])]
}
