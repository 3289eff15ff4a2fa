import { lazy, Suspense } from 'react'
import './digits.css'

const QrCode = lazy(async () => ({ default: (await import('./QrCode.tsx')).QrCode }))

/** A QR code; its maker is loaded when first shown. */
export function Qr(props: { text: string; label: string }) {
  return (
    <Suspense fallback={<span className="ui-qr" />}>
      <QrCode {...props} />
    </Suspense>
  )
}
