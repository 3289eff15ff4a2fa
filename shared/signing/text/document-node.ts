/**
 * A draft's document as JSON, the way ProseMirror prints it:
 * doc → (heading{level 1-3} | paragraph | clause{id})+ ; clause → paragraph (paragraph | bulletList | clause)* ;
 * bulletList → listItem → paragraph+ ; inline: text with marks bold and italic, hardBreak.
 */
export interface DocumentNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>> | undefined
  readonly content?: readonly DocumentNode[] | undefined
  readonly text?: string | undefined
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> | undefined }[] | undefined
}
