// Which network a request comes from: what a trusted proxy says of it, else the other end of the connection. The same for requests and sockets.
import type { IncomingMessage } from 'node:http'
import proxyAddress from 'proxy-addr'
import { limitAddress } from './log.ts'

/** None, a number of proxies before the server, or their addresses. */
export type TrustProxy = false | number | readonly string[]

type IsTrusted = (address: string, hop: number) => boolean

export function trusted(proxies: TrustProxy): IsTrusted {
  if (proxies === false) return () => false
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies
  return proxyAddress.compile([...proxies])
}

/** As limits count it. */
export function addressOf(proxies: TrustProxy): (request: IncomingMessage) => string {
  const isTrusted = trusted(proxies)
  return (request) => limitAddress(request.socket.remoteAddress === undefined ? '' : proxyAddress(request, isTrusted))
}
