import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'

/** What Enter does, and the other way round. */
export function EnterHint({ sends, choose }: { sends: boolean; choose: (sends: boolean) => void }) {
  const t = useTexts()
  return (
    <>
      <span>{sends ? t('messaging.enter.sends') : t('messaging.enter.breaks')}</span>
      <Button kind="quiet" size="s" onClick={() => choose(!sends)}>
        {t('messaging.enter.turn')}
      </Button>
    </>
  )
}
