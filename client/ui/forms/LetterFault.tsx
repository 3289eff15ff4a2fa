import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { mendedText } from '#shared/kernel/text/clean-text.ts'
import type { TextUse } from '#shared/kernel/text/letter-table.ts'
import type { TextProblem } from '#shared/protocol/text-reasons.ts'

interface LetterFaultProps {
  readonly problem: TextProblem
  readonly use: TextUse
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Which letter may not stand here and what to do; one press where nothing that can be seen is lost by it. */
export function LetterFault({ problem, use, value, onChange }: LetterFaultProps) {
  const t = useTexts()
  const { instead } = problem.details
  return (
    <span className="ui-letter-fault">
      {problemWords({ kind: 'invalid', ...problem }, t)}
      {problem.reason !== 'text/unprintable' && (
        <Button size="s" onClick={() => onChange(mendedText(use, value))}>
          {typeof instead === 'string' ? t('ui.letters.exchange', { instead }) : t('ui.letters.take-out')}
        </Button>
      )}
    </span>
  )
}
