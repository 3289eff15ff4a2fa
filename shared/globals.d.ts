// What every place that runs shared code has, browser and server alike; nothing else may be assumed there.
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number }
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: ArrayBufferView | ArrayBuffer): string
}
declare function atob(text: string): string
declare function btoa(binary: string): string
declare function structuredClone<T>(value: T): T
