// Gives the phone away. Whoever has a code of their own on it has nothing more to do; the first time it is chosen here.
import { type FormEvent, useCallback, useEffect, useId, useState } from 'react'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { ChosenCodeFields, useChosenCode } from './ChosenCode.tsx'
import '#client/identity/reasons.ts'

export interface HandOverShown {
  /** Words that were typed and not sent: they go, and are asked about first. */
  readonly unsent: boolean
  /** Asks the server. */
  readonly ask: (code: string | undefined) => Promise<void>
  /** The server has let go of this person: everything of theirs leaves the screen and the device. */
  readonly onGiven: () => void
  readonly onClose: () => void
}

export function HandOver({ unsent, ask, onGiven, onClose }: HandOverShown) {
  const t = useTexts()
  const form = useId()
  const { run, busy, problem } = useRequest()
  const [started, setStarted] = useState(!unsent)
  const chosen = useChosenCode()
  const give = useCallback(
    async (code: string | undefined) => {
      if (await run(() => ask(code))) onGiven()
    },
    [run, ask, onGiven],
  )
  useEffect(() => {
    if (started) void give(undefined)
  }, [started, give])
  const [isChoosing, setChoosing] = useState(false)
  if (problem?.reason === 'identity/own-code-needed' && !isChoosing) setChoosing(true)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = chosen.take()
    if (code !== undefined) void give(code)
  }
  if (!isChoosing) {
    return (
      <ConfirmDialog
        title={t('rooms.phone.item')}
        confirm={t('identity.phone.give')}
        busy={busy}
        problem={problem}
        act={async () => {
          if (started) void give(undefined)
          else setStarted(true)
          return false
        }}
        onClose={onClose}
      >
        {unsent && !started ? (
          <Banner tone="warn">{t('identity.phone.unsent')}</Banner>
        ) : (
          <p role="status">{busy ? t('ui.loading') : t('identity.phone.what')}</p>
        )}
      </ConfirmDialog>
    )
  }
  return (
    <ConfirmDialog
      title={t('identity.phone.choose')}
      confirm={t('identity.phone.give')}
      busy={busy}
      problem={problem?.reason === 'identity/own-code-needed' ? undefined : problem}
      form={form}
      onClose={onClose}
    >
      <form id={form} onSubmit={submit} noValidate>
        <Stack gap={4}>
          <p>{t('identity.phone.choose.text')}</p>
          <ChosenCodeFields chosen={chosen} busy={busy} />
        </Stack>
      </form>
    </ConfirmDialog>
  )
}
