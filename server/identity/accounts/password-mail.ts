// What is mailed about a password: the link to its holder and nobody else, and word of it whenever somebody else had a hand in it.
import type { Account } from '#shared/identity/identity-protocol.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { MailSender } from '../delivery/senders.ts'
import { words } from '../delivery/words.ts'
import type { Accounts } from './accounts.ts'

interface Deps {
  readonly accounts: Pick<Accounts, 'toBeMailed' | 'newPasswordSecret'>
  /** By SMTP alone: whoever reads a local sink must not become whoever they like. */
  readonly mail: MailSender | undefined
  /** For what carries no secret, the sink will do. */
  readonly notices: MailSender | undefined
  readonly linkOf: (secret: string) => string
  readonly onTrouble: (cause: unknown) => void
}

export interface PasswordMail {
  /** Goes on in the background: neither its answer nor its time tells whether there is such an account. */
  sendLink(email: string, language: Locale): void
  /** Tells the holder that a link was made for them, or that their password is another one. Goes on in the background. */
  tell(account: Account, what: 'link-made' | 'changed'): void
}

export function makePasswordMail({ accounts, mail, notices, linkOf, onTrouble }: Deps): PasswordMail {
  async function mailLink(email: string, language: Locale): Promise<void> {
    const account = await accounts.toBeMailed(email)
    const made = account && mail && (await accounts.newPasswordSecret(account.id, 'mail'))
    if (!made) return
    const subject = words(language, 'identity.mail.password.subject')
    await mail.sendMail({ to: account.email, subject, text: words(language, 'identity.mail.password.text', { link: linkOf(made.secret) }) })
  }

  return {
    sendLink: (email, language) => void mailLink(email, language).catch(onTrouble),
    tell({ email, profile }, what) {
      const language = profile.languages[0] ?? 'ru'
      const subject = words(language, `identity.mail.password.${what}.subject`)
      notices?.sendMail({ to: email, subject, text: words(language, `identity.mail.password.${what}.text`) }).catch(onTrouble)
    },
  }
}
