// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { type FormEvent, useState } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { useAction } from '#client/ui/state/use-action.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { addDialog } from './dialog-testing.ts'

beforeAll(addDialog)
afterEach(cleanup)

/** Answers the act that is under way. */
let answer: (refused?: ShownProblem) => void

function Page({ form = false, onSubmit }: { form?: boolean; onSubmit?: (event: FormEvent) => void }) {
  const [open, setOpen] = useState(true)
  const { run, busy, problem } = useAction()
  if (!open) return <p>as before</p>
  return (
    <ConfirmDialog
      title="Close the case?"
      kind="danger"
      confirm="Close the case"
      busy={busy}
      problem={problem}
      {...(form
        ? { form: 'reason' }
        : {
            act: () =>
              run(
                () =>
                  new Promise((resolve) => {
                    answer = resolve
                  }),
              ),
          })}
      onClose={() => setOpen(false)}
    >
      <p>Nobody can write any more.</p>
      {form && <form id="reason" onSubmit={onSubmit} />}
    </ConfirmDialog>
  )
}
const buttons = () => within(screen.getByRole('dialog', { name: 'Close the case?' })).getAllByRole('button')
const show = (locale?: Locale) => renderWithTexts(<Page />, locale ? { locale } : {})
const confirm = () => fireEvent.click(screen.getByRole('button', { name: 'Close the case' }))

describe('a question before an act', () => {
  it.each([
    ['en', 'Cancel'],
    ['ru', 'Отмена'],
    ['kk', 'Болдырмау'],
  ] as const)('[UI-29] says what will happen; the safe button comes first and changes nothing, %s', (locale, cancel) => {
    show(locale)
    expect(screen.getByText('Nobody can write any more.')).toBeTruthy()
    expect(buttons().map((button) => button.textContent)).toEqual(['', cancel, 'Close the case'])
    fireEvent.click(screen.getByRole('button', { name: cancel }))
    expect(screen.getByText('as before')).toBeTruthy()
  })

  it('[UI-29] stays, with what it was refused for, until the act is done', async () => {
    show()
    confirm()
    expect(screen.getByRole('button', { name: 'Close the case' }).getAttribute('aria-busy')).toBe('true')
    await act(async () => answer({ kind: 'offline' }))
    expect(screen.getByRole('alert').textContent).toContain('connection')
    confirm()
    expect(screen.queryByRole('alert')).toBeNull()
    await act(async () => answer())
    expect(screen.getByText('as before')).toBeTruthy()
  })

  it('[UI-170] says what is missing for as long as the act cannot be pressed, and keeps the line once it can', () => {
    const question = (missing: string | false) => (
      <ConfirmDialog title="End it?" confirm="End it" busy={false} missing={missing} onClose={() => undefined}>
        <p>It ends.</p>
      </ConfirmDialog>
    )
    const { rerender } = renderWithTexts(question('Choose the ground first.'))
    const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'End it' })
    expect(button().disabled).toBe(true)
    const why = screen.getByText('Choose the ground first.')
    expect(button().getAttribute('aria-describedby')).toBe(why.id)
    rerender(question(false))
    expect(button().disabled).toBe(false)
    expect(button().hasAttribute('aria-describedby')).toBe(false)
    expect([why.isConnected, why.textContent]).toEqual([true, ''])
  })

  it('[UI-29] sends the form that stands in it', () => {
    const sent: unknown[] = []
    renderWithTexts(
      <Page
        form
        onSubmit={(event) => {
          event.preventDefault()
          sent.push(event)
        }}
      />,
    )
    confirm()
    expect(sent).toHaveLength(1)
    expect(screen.queryByText('as before')).toBeNull()
  })
})
