// A short form with what is typed into it. One field changed is one fault less, and what was said of the last try is no longer true.
import { type FormEvent, useRef, useState } from 'react'
import type { Fault } from '#client/http/input-faults.ts'
import type { Schema } from '#shared/protocol/define.ts'
import { type Form, useForm } from './use-form.ts'

/** One field for the control that shows it. */
export interface FormField<Value = string> {
  readonly value: Value
  readonly fault: Fault | undefined
  readonly onChange: (value: Value) => void
}

interface FieldsOptions<Fields, Input> {
  readonly schema: Schema<Input>
  readonly first: Fields
  readonly input: (fields: Fields) => Input
  /** May answer what stands in the fields from then on. */
  readonly send: (input: Input) => Promise<Partial<Fields> | undefined>
}

export interface FieldsForm<Fields, Input> extends Form<Input> {
  readonly fields: Fields
  readonly change: (part: Partial<Fields>) => void
  readonly field: <Name extends keyof Fields & string>(name: Name) => FormField<Fields[Name]>
  /** The last try succeeded, and nothing was changed since. */
  readonly done: boolean
  readonly onSubmit: (event: FormEvent) => void
}

export function useFields<Fields extends object, Input>(options: FieldsOptions<Fields, Input>): FieldsForm<Fields, Input> {
  const { schema, first, input, send } = options
  const [fields, setFields] = useState(first)
  const [done, setDone] = useState(false)
  const edits = useRef(0)
  const form = useForm(schema, async (typed: Input) => {
    const asked = edits.current
    const next = await send(typed)
    // what was typed meanwhile stays, and is not saved
    if (edits.current !== asked) return
    setFields((before) => ({ ...before, ...next }))
    setDone(true)
  })
  const change = (part: Partial<Fields>) => {
    setFields((before) => ({ ...before, ...part }))
    setDone(false)
    edits.current += 1
    for (const path of Object.keys(part)) form.touch(path)
  }
  return {
    ...form,
    fields,
    change,
    field: (name) => ({
      value: fields[name],
      fault: form.faults.get(name),
      onChange: (value) => change({ [name]: value } as unknown as Partial<Fields>), // a computed key loses its name
    }),
    done,
    onSubmit(event) {
      event.preventDefault()
      setDone(false)
      void form.submit(input(fields))
    },
  }
}
