// The package describes its whole, of which this is the part without pictures and files.
declare module 'qrcode/lib/core/qrcode.js' {
  import type { create as Create } from 'qrcode'

  const core: { readonly create: typeof Create }
  export default core
}
