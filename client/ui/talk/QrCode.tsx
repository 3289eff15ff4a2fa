// A QR code as one SVG path, black on white in either theme, or cameras cannot read it. Import lazily: <Qr> does.
import QRCode from 'qrcode'
import './digits.css'

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  const path = Array.from(data, (on, index) => (on ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z` : '')).join('')
  return (
    <span className="ui-qr">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
        <path d={path} />
      </svg>
    </span>
  )
}
