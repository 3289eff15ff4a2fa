// How identity's messages leave the house. Each names nobody but the mediator, and says nothing of the case.

interface Sender {
  /** What it takes goes nowhere: it stays on this machine. */
  readonly local?: true
}

export interface Letter {
  readonly subject: string
  readonly text: string
  /** An entry for a calendar, as a file beside the words. */
  readonly calendar?: { readonly method: 'PUBLISH' | 'CANCEL'; readonly content: string }
}

export interface MailSender extends Sender {
  /** Resolves when the mail server has taken the message; throws otherwise. */
  sendMail(message: Letter & { readonly to: string }): Promise<void>
}

export interface SmsGateway extends Sender {
  /** `to`: international form. Resolves when the gateway has taken the message; throws otherwise. */
  sendSms(message: { readonly to: string; readonly text: string }): Promise<void>
}
