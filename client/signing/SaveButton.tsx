import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { saveFile } from '#client/http/save-file.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { Button, type ButtonLook } from '#client/ui/actions/Button.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import type { VersionId } from '#shared/kernel/ids.ts'
import { bundleDownload, paperDownload, pdfDownload } from '#shared/signing/signing-routes.ts'

const ROUTES = { pdf: pdfDownload, paper: paperDownload, bundle: bundleDownload } as const

/** Fetches with the person's own token and hands the file to the browser: no link that somebody else could open. */
export function SaveButton({
  api,
  what,
  versionId,
  ...look
}: { api: AuthorisedApi; what: keyof typeof ROUTES; versionId: VersionId } & Omit<ButtonLook, 'icon'>) {
  const t = useTexts()
  const { caseId } = useCaseClient()
  const { busy, problem, run } = useRequest()
  const save = async () => {
    const route = ROUTES[what]
    saveFile(await api.download(route, { caseId, versionId }), route.mediaType)
  }
  return (
    <>
      {problem && <ProblemBanner problem={problem} />}
      <Button {...look} icon={what === 'paper' ? 'print' : 'download'} busy={busy} onClick={() => void run(save)}>
        {t(`signing.save.${what}`)}
      </Button>
    </>
  )
}
