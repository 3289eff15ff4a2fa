// Without https there is no crypto.subtle, and Bitim can neither sign nor check. Said in three languages at once:
// the texts are not loaded yet, and it is the operator, not the person, who can do something.
import { Icon } from '#client/ui/base/Icon.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import './secure-context.css'

const WORDS = [
  {
    lang: 'kk',
    title: 'Қауіпсіз байланыс керек',
    text: 'Bitim тек қауіпсіз мекенжайда (https://) жұмыс істейді. Сізге жіберілген сілтемені толық ашыңыз немесе медиаторға хабарлаңыз.',
  },
  {
    lang: 'ru',
    title: 'Нужно защищённое соединение',
    text: 'Bitim работает только по защищённому адресу (https://). Откройте присланную вам ссылку целиком или сообщите медиатору.',
  },
  {
    lang: 'en',
    title: 'A secure connection is needed',
    text: 'Bitim works only at a secure address (https://). Open the link you were sent, whole, or tell the mediator.',
  },
] as const

export function SecureContextNeeded({ address }: { address: string }) {
  return (
    <main className="app-secure-context">
      <Logo word size="l" />
      {WORDS.map(({ lang, title, text }) => (
        <section key={lang} lang={lang}>
          <h1>
            <Icon name="lock" /> {title}
          </h1>
          <p>{text}</p>
        </section>
      ))}
      <a href={`https://${address}/`}>https://{address}/</a>
      <p lang="en" className="app-secure-context-hint">
        For the operator: put a proxy with a TLS certificate in front of this server (docs/operations.md), or use http://localhost on the
        same machine.
      </p>
    </main>
  )
}
