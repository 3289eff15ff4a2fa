// What every answer tells the browser: nothing from outside the installation is loaded, framed, measured or told where one came from.
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** `hasCalls`: the installation's own pages may ask people for their microphone and camera. */
export function securityHeaders(publicUrl: () => string, { hasCalls }: { readonly hasCalls: boolean }): RequestHandler {
  const who = hasCalls ? '(self)' : '()'
  const policy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        // Older Safari does not count the page's own WebSocket as 'self'.
        connectSrc: ["'self'", () => publicUrl().replace(/^http/, 'ws')],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Set below, only behind TLS: elsewhere browsers ignore it, and on a developer's localhost it does harm.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  })
  return (request, response, next) => {
    if (publicUrl().startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    response.setHeader(
      'Permissions-Policy',
      `camera=${who}, microphone=${who}, geolocation=(), payment=(), usb=(), serial=(), display-capture=(), browsing-topics=()`,
    )
    policy(request, response, next)
  }
}
