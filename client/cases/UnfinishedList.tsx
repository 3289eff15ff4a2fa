// Half-filled forms for new cases: to go on with, or to throw away.
import { useState } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { type UnfinishedLine, unfinishedList } from '#shared/cases/unfinished-routes.ts'
import { createFormKeeper } from './new-case/form-keeper.ts'

interface UnfinishedForms {
  /** Undefined until they are here. */
  readonly lines: readonly UnfinishedLine[] | undefined
  readonly problem: ShownProblem | undefined
  readonly reload: () => Promise<void>
}

export function useUnfinished(): UnfinishedForms {
  const call = useStaffCall()
  const keeper = useTools().once(createFormKeeper)
  const { state, reload } = useLoad('unfinished', async () => {
    await keeper.flush() // the form that was left just now is among them
    return (await call(unfinishedList, {})).unfinished
  })
  return {
    lines: state.kind === 'here' ? state.value : undefined,
    problem: state.kind === 'refused' ? state.problem : undefined,
    reload,
  }
}

export function UnfinishedList({ forms: { lines = [], problem, reload } }: { forms: UnfinishedForms }) {
  const t = useTexts()
  const keeper = useTools().once(createFormKeeper)
  const request = useRequest()
  const [deleting, setDeleting] = useState<UnfinishedLine>()
  if (problem) return <ErrorState problem={problem} onRetry={() => void reload()} />
  if (lines.length === 0) return null
  return (
    <Stack gap={3} as="section">
      <Stack gap={1}>
        <h2>{t('cases.unfinished')}</h2>
        <Muted small>{t('cases.unfinished.lead')}</Muted>
      </Stack>
      <ul className="ui-card-list">
        {lines.map((line) => (
          <Line key={line.id} line={line} onDelete={() => setDeleting(line)} />
        ))}
      </ul>
      {deleting && (
        <ConfirmDialog
          size="s"
          title={t('cases.unfinished.delete.title')}
          kind="danger"
          confirm={t('cases.unfinished.delete')}
          busy={request.busy}
          problem={request.problem}
          act={() =>
            request.run(async () => {
              await keeper.remove(deleting.id)
              await reload()
            })
          }
          onClose={() => setDeleting(undefined)}
        >
          <p>{t('cases.unfinished.delete.text')}</p>
        </ConfirmDialog>
      )}
    </Stack>
  )
}

function Line({ line: { id, title, sides, savedAt }, onDelete }: { line: UnfinishedLine; onDelete: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const name = title.trim() || sides.filter((side) => side.trim() !== '').join(' – ') || t('cases.unfinished.untitled')
  const href = `/office/new/${id}`
  return (
    <Card as="li" tight>
      <div className="case-line">
        <Stack gap={1}>
          <h3 className="case-line-title">
            <a href={href}>{name}</a>
          </h3>
          <Muted small>{t('cases.unfinished.saved', { date: f.date(savedAt), time: f.time(savedAt) })}</Muted>
        </Stack>
        <div className="case-line-end">
          <LinkButton href={href} icon="pen">
            {t('cases.unfinished.go-on')}
          </LinkButton>
          <Menu
            label={t('cases.unfinished.more', { name })}
            items={[{ id: 'delete', label: t('cases.unfinished.delete'), icon: 'trash', danger: true, onSelect: onDelete }]}
          />
        </div>
      </div>
    </Card>
  )
}
