// The frozen text and everything one can do with it: read, sign, say no; for the mediator see who has signed, sign last, open again.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { useKeptBlock } from '#client/ui/frame/use-kept-block.ts'
import { type AskedPrint, PrintSheet } from '#client/ui/print/PrintSheet.tsx'
import { isMedia } from '#client/ui/state/use-media.ts'
import { BigDigits } from '#client/ui/talk/BigDigits.tsx'
import { canSign } from '#shared/signing/signing-policy.ts'
import { textDownload } from '#shared/signing/signing-routes.ts'
import { ChangesSince } from './ChangesSince.tsx'
import { deviceCrypto } from './device-crypto.ts'
import { type FrozenText, readFrozenText } from './frozen-text.ts'
import { Meaning } from './Meaning.tsx'
import { PanelActions } from './PanelActions.tsx'
import { SignForm } from './SignForm.tsx'
import { StateCard } from './StateCard.tsx'
import { TextSheet } from './TextSheet.tsx'
import { useOwnDocument } from './use-own-document.ts'
import { type ShownVersion, useVersion } from './use-version.ts'
import './reasons.ts'
import './signing.css'

interface SigningPanelProps {
  readonly api: AuthorisedApi
  readonly print?: AskedPrint | undefined
}

export function SigningPanel({ api, print }: SigningPanelProps) {
  const shown = useVersion()
  return shown ? <FrozenVersionPanel key={shown.version.versionId} shown={shown} api={api} print={print} /> : null
}

function FrozenVersionPanel({ shown, api, print }: SigningPanelProps & { readonly shown: ShownVersion }) {
  const t = useTexts()
  const { caseId } = useCaseClient()
  const { version, situation, agreed } = shown
  const [wantsToSign, setWantsToSign] = useState(false)
  // one question a screen: the code of the text stands beside the text
  const [oneByOne] = useState(() => isMedia('phone'))
  const own = useOwnDocument()
  const { state, reload } = useLoad<FrozenText>(`${version.versionId} ${own === undefined ? 'server' : 'device'}`, () =>
    readFrozenText(
      {
        crypto: deviceCrypto(),
        own,
        download: async () => (await api.download(textDownload, { caseId, versionId: version.versionId })).bytes,
      },
      version,
    ),
  )
  const text = state.kind === 'here' && state.value.kind === 'same' ? state.value : undefined
  const other = state.kind === 'here' && state.value.kind === 'other'
  const signing = wantsToSign && canSign(situation) && text !== undefined
  // Once signed, or fallen, the step is over: whoever withdraws comes back to the text, not to a code that was asked for by itself.
  const over = !canSign(situation)
  useEffect(() => {
    if (over) setWantsToSign(false)
  }, [over])
  // Each step begins at its first word: what has just happened must not stand out of sight.
  const scroll = useRef<HTMLDivElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const stage = `${signing} ${shown.own?.signatureDigest} ${agreed?.kind}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is what it follows
  useEffect(() => {
    if (scroll.current) scroll.current.scrollTop = 0
  }, [stage])
  useKeptBlock(scroll, 'text', stage)
  const begin = useCallback(() => setWantsToSign(true), [])
  const back = useCallback(() => setWantsToSign(false), [])

  return (
    <section className="signing" aria-labelledby="signing-title">
      <header className="signing-header">
        <h2 id="signing-title">{agreed ? t('signing.title.agreed') : t('signing.title')}</h2>
        <p>
          <Icon name="lock" size="s" /> {t('signing.closed')}
        </p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div className="signing-scroll" ref={scroll} tabIndex={0}>
        <div className="signing-content">
          {!signing && <StateCard shown={shown} api={api} />}
          {!(signing && oneByOne) && (
            <BigDigits
              digits={version.textCode.replaceAll(' ', '')}
              label={t('signing.code')}
              {...(text ? { note: text.from === 'device' ? t('signing.code.device') : t('signing.code.note') } : {})}
            />
          )}
          {other && (
            <Banner tone="bad" urgent title={t('signing.other.title')}>
              {t('signing.other.text')}
            </Banner>
          )}
          {state.kind === 'refused' && <ErrorState problem={state.problem} onRetry={() => void reload()} />}
          {signing ? (
            <SignForm shown={shown} api={api} digest={text.digest} oneByOne={oneByOne} onBack={back} />
          ) : (
            <>
              {text && <ChangesSince shown={shown} api={api} blocks={text.blocks} />}
              {state.kind === 'loading' && <Skeleton lines={8} />}
              {text && (
                <Stack gap={3}>
                  <AloudHere of={sheet} language={version.language} />
                  <div ref={sheet}>
                    <TextSheet blocks={text.blocks} label={t('signing.text')} language={version.language} />
                  </div>
                </Stack>
              )}
              <Meaning />
            </>
          )}
        </div>
      </div>
      {text && (
        <PrintSheet mark={t('signing.print.mark', { code: version.textCode })} language={version.language} asked={print}>
          {() => <TextSheet blocks={text.blocks} label={t('signing.text')} language={version.language} />}
        </PrintSheet>
      )}
      {!signing && <PanelActions shown={shown} ready={text !== undefined} onSign={begin} />}
    </section>
  )
}
