import { profileChange, staffMe } from '#shared/identity/staff-protocol.ts'
import { answered, type Browser } from './http-world.ts'

/** What a case asks of its mediator: a number in the register, and an organisation or that there is none. */
export async function completeProfile(staff: Browser): Promise<void> {
  const { profile } = answered(await staff.call(staffMe, {}))
  answered(await staff.call(profileChange, { ...profile, registerNumber: '№ 27', noOrganisation: true }))
}
