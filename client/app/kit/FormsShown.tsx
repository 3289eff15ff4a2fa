import { useState } from 'react'
import { Stack } from '#client/ui/base/layout.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { DateInput, PasswordInput, RadioGroup, Select } from '#client/ui/forms/rare-inputs.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'

export function FormsShown() {
  const [text, setText] = useState('')
  const [code, setCode] = useState('482')
  const [long, setLong] = useState('Поставка кормов по договору № 14 от 3 марта 2026 года. Не оплачено 1 840 000 ₸.')
  const [day, setDay] = useState('2026-11-22')
  const [choice, setChoice] = useState<'kk' | 'ru' | undefined>('kk')
  const [checked, setChecked] = useState(true)
  return (
    <PageFrame width="narrow">
      <Stack gap={5}>
        <h1>Формалар</h1>
        <Field label="Имя и фамилия" hint="Как в удостоверении личности">
          <TextInput value={text} onChange={setText} placeholder="Айгүл Серік" />
        </Field>
        <Field label="Телефон" error="Не хватает двух цифр. Пример: +7 701 234 56 78" optional>
          <TextInput value="+7 701 234 56" onChange={setText} inputMode="tel" />
        </Field>
        <Field label="Алты цифрлы код" hint="Оны медиатор айтады">
          <CodeInput value={code} onChange={setCode} />
        </Field>
        <Field label="Даудың (жанжалдың) нысанасы">
          <TextArea value={long} onChange={setLong} />
        </Field>
        <Field label="Язык">
          <Select
            value="ru"
            onChange={() => undefined}
            options={[
              { value: 'kk', label: 'Қазақша' },
              { value: 'ru', label: 'Русский' },
            ]}
          />
        </Field>
        <Field label="Срок до">
          <DateInput value={day} onChange={setDay} />
        </Field>
        <Field label="Пароль">
          <PasswordInput value="secret" onChange={setText} autoComplete="new-password" />
        </Field>
        <RadioGroup
          label="Как вы говорите друг с другом?"
          value={choice}
          onChange={setChoice}
          options={[
            { value: 'kk', label: 'По телефону', note: 'Медиатор позвонит сам' },
            { value: 'ru', label: 'Только письменно' },
          ]}
        />
        <Checkbox checked={checked} onChange={setChecked}>
          Это не мой телефон, ничего на нём не оставлять
        </Checkbox>
        <Checkbox framed checked={checked} onChange={setChecked} note="Отметьте, если читали не сами. Кто читал: …">
          <strong>Мне прочитали текст на казахском</strong>
        </Checkbox>
      </Stack>
    </PageFrame>
  )
}
