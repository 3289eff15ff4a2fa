import { useState } from 'react'
import { Button } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Steps } from '#client/ui/feedback/states.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'

export function JoinShown() {
  const [code, setCode] = useState('')
  const [shared, setShared] = useState(false)
  return (
    <PageFrame width="narrow">
      <Stack gap={4}>
        <Steps step={1} of={3} />
        <h1>Вас приглашает медиатор Ерлан Омаров</h1>
        <p>Медиатор поможет вам договориться. Это не суд: решаете вы сами и можете уйти в любую минуту.</p>
        <Card>
          <Stack gap={3}>
            <Field label="Код из 6 цифр" hint="Его назовёт медиатор или пришлёт отдельно от ссылки.">
              <CodeInput value={code} onChange={setCode} />
            </Field>
            <Button kind="primary" size="l" wide>
              Дальше
            </Button>
            <Checkbox checked={shared} onChange={setShared}>
              Это не мой телефон, ничего на нём не оставлять
            </Checkbox>
          </Stack>
        </Card>
        <Row align="start" gap={2}>
          <Icon name="shield" />
          <Muted small>
            Звук и видео не записываем. Сообщения хранятся, каждое видят только люди той комнаты, в которую оно отправлено.
          </Muted>
        </Row>
      </Stack>
    </PageFrame>
  )
}
