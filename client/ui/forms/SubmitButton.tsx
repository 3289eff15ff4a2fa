import { type ReactNode, useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button, type ButtonLook } from '#client/ui/actions/Button.tsx'

interface SubmitButtonProps extends ButtonLook {
  readonly busy: boolean
  /** Seconds until sending makes sense again: counted down in place of the words. */
  readonly wait?: number
  /** What has to be done first: stands above the button, which can be pressed once there is nothing of it. */
  readonly missing?: string | undefined
  readonly children: ReactNode
}

/** Sends the form that it stands in. */
export function SubmitButton({ wait = 0, missing, children, ...look }: SubmitButtonProps) {
  const t = useTexts()
  const why = useId()
  return (
    <>
      {missing && (
        <p id={why} className="ui-missing">
          {missing}
        </p>
      )}
      <Button {...look} type="submit" disabled={missing !== undefined || wait > 0} aria-describedby={missing && why}>
        {wait > 0 ? t('ui.wait', { seconds: wait }) : children}
      </Button>
    </>
  )
}
