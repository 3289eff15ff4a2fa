// Asks once before an act, and says what will happen. What it was refused for stands above the words; once it is done the dialog is gone.
import { type ReactNode, useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button, type ButtonLook } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { Dialog } from './Dialog.tsx'

interface ConfirmDialogProps extends Pick<ButtonLook, 'kind' | 'icon' | 'who'> {
  readonly title: ReactNode
  readonly size?: 's' | 'm' | 'l'
  readonly gap?: 3 | 4
  /** On the safe button. */
  readonly cancel?: string
  /** On the button that acts. */
  readonly confirm: string
  readonly busy: boolean
  readonly disabled?: boolean
  /** What has to be done first, in words beside the button that waits for it; false once it is done: their line stays, a dialog does not jump. */
  readonly missing?: string | false | undefined
  readonly problem?: ShownProblem | undefined
  /** A form within, which the button sends. */
  readonly form?: string
  /** Answers whether it succeeded. */
  readonly act?: () => Promise<boolean>
  readonly onClose: () => void
  /** Instead of closing, once the act has succeeded. */
  readonly onDone?: () => void
  readonly children: ReactNode
}

export function ConfirmDialog({ title, size, gap = 4, cancel, confirm, problem, form, act, onClose, ...rest }: ConfirmDialogProps) {
  const t = useTexts()
  const why = useId()
  const { onDone = onClose, children, missing, disabled = Boolean(missing), ...look } = rest
  const press = async () => {
    if (await act?.()) onDone()
  }
  return (
    <Dialog
      title={title}
      size={size}
      onClose={onClose}
      actions={
        <>
          {missing !== undefined && (
            <p id={why} className="ui-missing">
              {missing}
            </p>
          )}
          <Button onClick={onClose}>{cancel ?? t('ui.cancel')}</Button>
          <Button
            kind="primary"
            {...look}
            disabled={disabled}
            aria-describedby={missing ? why : undefined}
            {...(form === undefined ? { onClick: () => void press() } : { type: 'submit', form })}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <Stack gap={gap}>
        {problem && <ProblemBanner problem={problem} />}
        {children}
      </Stack>
    </Dialog>
  )
}
