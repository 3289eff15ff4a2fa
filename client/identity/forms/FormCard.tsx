import { type ReactNode, useEffect } from 'react'
import { Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import type { FieldsForm } from './use-fields.ts'

interface FormCardProps {
  readonly form: Pick<FieldsForm<never, never>, 'ref' | 'onSubmit' | 'problem'>
  readonly as?: 'div' | 'section'
  /** Above what the form was refused for. */
  readonly head?: ReactNode
  /** The page is this form: its first field waits for the keys. */
  readonly isPage?: boolean
  readonly children: ReactNode
}

/** A sheet that is one form: what no field can be blamed for stands above the fields. */
export function FormCard({ form, as = 'div', head, isPage = false, children }: FormCardProps) {
  const { ref } = form
  useEffect(() => {
    if (isPage) ref.current?.querySelector('input')?.focus()
  }, [isPage, ref])
  return (
    <Card as={as}>
      <form ref={ref} onSubmit={form.onSubmit} noValidate>
        <Stack gap={4}>
          {head}
          {form.problem && <ProblemBanner problem={form.problem} />}
          {children}
        </Stack>
      </form>
    </Card>
  )
}
