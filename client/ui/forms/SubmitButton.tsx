import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button, type ButtonLook } from '#client/ui/actions/Button.tsx'

interface SubmitButtonProps extends ButtonLook {
  readonly busy: boolean
  /** Seconds until sending makes sense again: counted down in place of the words. */
  readonly wait?: number
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** Sends the form that it stands in. */
export function SubmitButton({ wait = 0, disabled = false, children, ...look }: SubmitButtonProps) {
  const t = useTexts()
  return (
    <Button {...look} type="submit" disabled={disabled || wait > 0}>
      {wait > 0 ? t('ui.wait', { seconds: wait }) : children}
    </Button>
  )
}
