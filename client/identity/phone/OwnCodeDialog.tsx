// What binds, on a phone that several people use, is confirmed by the own code of whose name it bears; where none stands it is chosen here.
import { type FormEvent, useId } from 'react'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { ChosenCodeFields, useChosenCode } from './ChosenCode.tsx'
import { OwnCodeField, useTypedCode } from './own-code.tsx'

export interface OwnCodeShown {
  /** In whose name it is done. */
  readonly name: string
  readonly isNew: boolean
  readonly isLocked: boolean
  readonly show: (code: string) => Promise<void>
  readonly choose: (code: string) => Promise<void>
  readonly onTaken: () => void
  readonly onClose: () => void
}

export function OwnCodeDialog(shown: OwnCodeShown) {
  const t = useTexts()
  if (shown.isNew) return <ChooseDialog {...shown} />
  if (!shown.isLocked) return <ShowDialog {...shown} />
  return (
    <Dialog
      title={t('identity.phone.confirm', { name: shown.name })}
      onClose={shown.onClose}
      actions={
        <Button kind="primary" onClick={shown.onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <Banner tone="warn">{t('identity.phone.locked')}</Banner>
    </Dialog>
  )
}

function ShowDialog({ name, show, onTaken, onClose }: OwnCodeShown) {
  const t = useTexts()
  const form = useId()
  const typed = useTypedCode(show)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // The form of the screen below is not sent with it.
    event.stopPropagation()
    if (await typed.send()) onTaken()
  }
  return (
    <ConfirmDialog
      title={t('identity.phone.confirm', { name })}
      confirm={t('identity.phone.confirm.do')}
      busy={typed.busy}
      problem={typed.problem}
      form={form}
      onClose={onClose}
    >
      <form id={form} onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap={4}>
          <p>{t('identity.phone.confirm.text')}</p>
          <OwnCodeField typed={typed} />
        </Stack>
      </form>
    </ConfirmDialog>
  )
}

function ChooseDialog({ name, choose, onTaken, onClose }: OwnCodeShown) {
  const t = useTexts()
  const form = useId()
  const { run, busy, problem } = useRequest()
  const chosen = useChosenCode()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const code = chosen.take()
    if (code !== undefined && (await run(() => choose(code)))) onTaken()
  }
  return (
    <ConfirmDialog
      title={t('identity.phone.choose')}
      confirm={t('identity.phone.confirm.do')}
      busy={busy}
      problem={problem}
      form={form}
      onClose={onClose}
    >
      <form id={form} onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap={4}>
          <p>{t('identity.phone.choose.binding', { name })}</p>
          <ChosenCodeFields chosen={chosen} busy={busy} />
        </Stack>
      </form>
    </ConfirmDialog>
  )
}
