// The test before entering: the microphone's level as one speaks, which microphone, and a tone to hear.

import { soundTest } from '#client/calls/media/sound-level.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Select } from '#client/ui/forms/rare-inputs.tsx'
import type { MicrophoneTest } from './use-microphone-test.ts'
import '#client/calls/calls.css'

/** A voice at a desk reaches about a fifth of what a microphone can give. */
const FULL = 0.2

export function MicrophoneTestField({ test }: { readonly test: MicrophoneTest }) {
  const t = useTexts()
  if (!test.isOpen) {
    return (
      <Stack gap={2} align="start">
        <Button icon="mic" busy={test.asking} onClick={() => void test.open()}>
          {t('calls.enter.test')}
        </Button>
        <Muted small>{t(test.asking ? 'calls.enter.waiting' : 'calls.enter.test.words')}</Muted>
      </Stack>
    )
  }
  return (
    <Stack gap={3}>
      <div>
        <p>{t('calls.enter.level')}</p>
        <meter className="calls-level" aria-label={t('calls.enter.level.label')} min={0} max={1} value={Math.min(1, test.level / FULL)} />
      </div>
      {test.choices.length > 1 && (
        <Field label={t('calls.enter.microphone')}>
          <Select
            value={test.chosen ?? ''}
            onChange={(id) => void test.open(id)}
            options={test.choices.map(({ id, label }) => ({ value: id, label }))}
          />
        </Field>
      )}
      <Row gap={3} wrap>
        <Button size="s" onClick={() => void soundTest()}>
          {t('calls.enter.tone')}
        </Button>
        <Muted as="span" small>
          {t('calls.enter.tone.words')}
        </Muted>
      </Row>
    </Stack>
  )
}
