// On the mediator's board, while the text is closed: who has signed it.
import { useVersion } from './use-version.ts'
import { WhoSigned } from './WhoSigned.tsx'
import './signing.css'

export function SignedCard() {
  const shown = useVersion()
  return shown && shown.agreed === undefined ? <WhoSigned shown={shown} /> : null
}
