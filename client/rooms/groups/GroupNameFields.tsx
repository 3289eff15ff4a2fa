// What a room for some is called, and what for.
import { useTexts } from '#client/i18n/texts.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { MAX_GROUP_NAME, MAX_GROUP_PURPOSE } from '#shared/rooms/group-protocol.ts'

/** As it is typed. */
export interface TypedGroupName {
  readonly name: string
  readonly purpose: string
}

interface GroupNameFieldsProps {
  readonly value: TypedGroupName
  readonly onChange: (typed: TypedGroupName) => void
  readonly fault: { readonly [field in keyof TypedGroupName]: string | undefined }
}

export function GroupNameFields({ value, onChange, fault }: GroupNameFieldsProps) {
  const t = useTexts()
  return (
    <>
      <Field label={t('rooms.group.name')} error={fault.name}>
        <TextInput value={value.name} onChange={(name) => onChange({ ...value, name })} maxLength={MAX_GROUP_NAME} />
      </Field>
      <Field label={t('rooms.group.purpose')} optional error={fault.purpose}>
        <TextInput value={value.purpose} onChange={(purpose) => onChange({ ...value, purpose })} maxLength={MAX_GROUP_PURPOSE} />
      </Field>
    </>
  )
}

/** As the room is named: without blanks around it, and without a purpose that says nothing. */
export function groupNameOf({ name, purpose }: TypedGroupName): { readonly name: string; readonly purpose?: string } {
  const said = purpose.trim()
  return { name: name.trim(), ...(said === '' ? {} : { purpose: said }) }
}
