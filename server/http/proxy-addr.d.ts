/** The package that express reads forwarded addresses with; it brings no types. */
declare module 'proxy-addr' {
  import type { IncomingMessage } from 'node:http'

  interface ProxyAddress {
    (request: IncomingMessage, isTrusted: (address: string, hop: number) => boolean): string
    compile(proxies: string[]): (address: string, hop: number) => boolean
  }
  const proxyAddress: ProxyAddress
  export default proxyAddress
}
