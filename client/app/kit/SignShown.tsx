import { useState } from 'react'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { PageActions, PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { BigDigits } from '#client/ui/talk/BigDigits.tsx'
import { Qr } from '#client/ui/talk/Qr.tsx'

export function SignShown() {
  const [code, setCode] = useState('')
  return (
    <PageFrame
      width="narrow"
      header={
        <PageHeader
          title={
            <>
              Подписать соглашение<small>Текст закрыт и больше не меняется</small>
            </>
          }
        />
      }
    >
      <Stack gap={4}>
        <Button icon="file" wide>
          Прочитать весь текст, 2 страницы
        </Button>
        <BigDigits digits="481520937716" label="Код текста, у всех одинаковый" note="Можно сверить вслух. Мы тоже сверяем." />
        <BigDigits digits="482016" group={3} size="l" />
        <Qr text="https://bitim.example/join#abcdefghijklmnop" label="QR-код приглашения" />
        <Field label="Новый код из 6 цифр">
          <CodeInput value={code} onChange={setCode} />
        </Field>
        <p>
          Это подпись сервиса Bitim, не ЭЦП. Стороны обязуются исполнять соглашение добровольно; для суда нужна ЭЦП или подпись на бумаге.
        </p>
        <Muted>Документ получат все сразу, когда подпишут все.</Muted>
        <PageActions even>
          <Button>Не подпишу этот текст</Button>
          <Button kind="primary" icon="pen">
            Подписать
          </Button>
        </PageActions>
      </Stack>
    </PageFrame>
  )
}
