// Who can open a link at all, as far as its address tells: an installation without PUBLIC_URL makes links that work on its own machine alone.

export type LinkReach = 'everybody' | 'this-device' | 'this-network' | 'unprotected'

const THIS_DEVICE = [/^localhost$/, /\.localhost$/, /^127\.[\d.]+$/, /^0\.0\.0\.0$/, /^\[::1?\]$/, /^\[::ffff:7f/]
const THIS_NETWORK = [
  /^10\.[\d.]+$/,
  /^192\.168\.[\d.]+$/,
  /^172\.(?:1[6-9]|2\d|3[01])\.[\d.]+$/,
  /^169\.254\.[\d.]+$/,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.[\d.]+$/, // shared by the customers of one provider
  /^\[f[cd]/,
  /^\[fe[89ab]/,
  /^\[::ffff:(?:a[0-9a-f]{2}:|c0a8:|ac1[0-9a-f]:)/,
  /\.(?:local|lan|home|internal|intranet|home\.arpa)$/,
  /^[^.[\]]+$/, // a name without a domain
]

export function reachOf(link: string): LinkReach {
  const { hostname, protocol } = new URL(link)
  const host = hostname.replace(/\.$/, '')
  if (THIS_DEVICE.some((each) => each.test(host))) return 'this-device'
  if (THIS_NETWORK.some((each) => each.test(host))) return 'this-network'
  return protocol === 'https:' ? 'everybody' : 'unprotected'
}
