// How identity's messages leave the house. Each names nobody but the mediator, and says nothing of the case.

export interface MailSender {
  /** Resolves when the mail server has taken the message; throws otherwise. */
  sendMail(message: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>
}

export interface SmsGateway {
  /** `to`: international form. Resolves when the gateway has taken the message; throws otherwise. */
  sendSms(message: { readonly to: string; readonly text: string }): Promise<void>
}
