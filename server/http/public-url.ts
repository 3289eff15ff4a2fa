import type { Server } from 'node:http'

/** The address that people type: the declared one, or this machine's own at the port that is listened on. */
export function publicUrlOf(config: { readonly publicUrl: string | undefined; readonly port: number }, http: Server): () => string {
  return () => {
    const address = http.address()
    return config.publicUrl ?? `http://localhost:${typeof address === 'object' && address ? address.port : config.port}`
  }
}
