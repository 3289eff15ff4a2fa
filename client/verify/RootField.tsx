// Who vouches: the authority as somebody got it elsewhere. The one inside the file is never believed.
import { type ChangeEvent, useId, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import type { AuthorityReport, TrustedRoot } from '#shared/signing/bundle/report.ts'
import { certificateIn, typedRoot } from './check-file.ts'

export function RootField({
  given,
  onChange,
}: {
  given: AuthorityReport['trust'] | undefined
  onChange: (root: TrustedRoot | undefined) => void
}) {
  const t = useTexts()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [file, setFile] = useState<'none' | 'added' | 'bad'>('none')
  const type = (text: string) => {
    setTyped(text)
    setFile('none')
    onChange(typedRoot(text))
  }
  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const [first] = event.target.files ?? []
    event.target.value = ''
    if (!first) return
    const certificateDer = await certificateIn(first)
    setTyped('')
    setFile(certificateDer ? 'added' : 'bad')
    onChange(certificateDer && { certificateDer })
  }
  return (
    <Card as="section">
      <Stack gap={3}>
        <h2 className="verify-heading">{t('verify.root')}</h2>
        {given !== 'given' && <Muted>{t('verify.root.lead')}</Muted>}
        <Field label={t('verify.root.code')} {...(file === 'bad' ? { error: t('verify.root.bad-file') } : {})}>
          <TextArea
            line
            value={typed}
            onChange={type}
            autoComplete="off"
            spellCheck={false}
            maxLength={120}
            placeholder="0000 0000 0000 0000 0000 0000 0000 0000"
          />
        </Field>
        <div className="verify-root-file">
          <input id={id} type="file" className="ui-hidden" accept=".pem,.crt,.cer" onChange={(event) => void add(event)} />
          <label htmlFor={id} className="ui-button" data-kind="plain">
            <span>{file === 'added' ? t('verify.root.file-added') : t('verify.root.file')}</span>
          </label>
          {file === 'added' && (
            <Button
              kind="quiet"
              icon="x"
              onClick={() => {
                setFile('none')
                onChange(undefined)
              }}
            >
              {t('verify.root.remove')}
            </Button>
          )}
        </div>
      </Stack>
    </Card>
  )
}
