import { useLocation } from 'wouter'
import { useTexts } from '#client/i18n/texts.tsx'
import type { ButtonLook } from '#client/ui/actions/Button.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import type { CaseId } from '#shared/kernel/ids.ts'

/** The mediator's door: the mark goes with it, because a browser may also hold a party's session of the same case (a demonstration). */
export function RoomLink({ caseId, ...look }: { caseId: CaseId } & Omit<ButtonLook, 'icon'>) {
  const t = useTexts()
  const [, navigate] = useLocation()
  const href = `/room/${caseId}`
  return (
    <LinkButton
      {...look}
      href={href}
      icon="door"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        navigate(href, { state: { staff: true } })
      }}
    >
      {t('cases.enter')}
    </LinkButton>
  )
}
