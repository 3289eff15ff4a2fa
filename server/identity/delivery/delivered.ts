import { AppError } from '#shared/kernel/errors.ts'

/** That a message could not be handed over is told as that, whatever the gateway said. */
export async function delivered(sending: Promise<void>): Promise<void> {
  try {
    await sending
  } catch (cause) {
    throw new AppError({ kind: 'unavailable', reason: 'identity/not-delivered' }, { cause })
  }
}
