/** What may be put into a text: nodes only by <RichText>. */
export type TextValue = string | number

/** Every text id and the values it needs. Filled by `known-texts.generated.d.ts`, which `npm run texts` makes from the JSON files. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface KnownTexts {}

/** A text id; any string as long as nothing has been generated. */
export type TextId = keyof KnownTexts extends never ? string : keyof KnownTexts

type ValuesOf<Id extends TextId> = Id extends keyof KnownTexts ? KnownTexts[Id] : Readonly<Record<string, TextValue>>

/** No second argument for a text without values, exactly its values otherwise. */
export type TextArguments<Id extends TextId> = keyof KnownTexts extends never
  ? [values?: Readonly<Record<string, TextValue>>]
  : keyof ValuesOf<Id> extends never
    ? []
    : [values: ValuesOf<Id>]

export type Translate = <Id extends TextId>(id: Id, ...values: TextArguments<Id>) => string
