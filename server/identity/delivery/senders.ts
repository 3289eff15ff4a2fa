// How identity's messages leave the house. Each names nobody but the mediator, and says nothing of the case.

interface Sender {
  /** What it takes goes nowhere: it stays on this machine. */
  readonly local?: true
}

export interface MailSender extends Sender {
  /** Resolves when the mail server has taken the message; throws otherwise. */
  sendMail(message: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>
}

export interface SmsGateway extends Sender {
  /** `to`: international form. Resolves when the gateway has taken the message; throws otherwise. */
  sendSms(message: { readonly to: string; readonly text: string }): Promise<void>
}
