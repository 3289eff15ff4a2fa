// The process of those who do their worst.
import { constants, setPriority } from 'node:os'
import { answerCalls } from '../lib/client-process.ts'
import { type AttackName, type AttackTarget, attacks, type Done } from './attacks.ts'

// It stands for another machine: it takes none of the processors' time that the server and the healthy want.
setPriority(constants.priority.PRIORITY_LOW)

let target: AttackTarget | undefined
let going = false
let attack: Promise<Done> | undefined

answerCalls({
  enter: (given: AttackTarget) => {
    target = given
  },
  begin: (name: AttackName) => {
    if (!target) throw new Error('no target')
    const done: Done = { served: 0, refused: 0 }
    going = true
    const given = target
    return new Promise<void>((resolve, reject) => {
      attack = attacks[name](given, () => !going, done, resolve).then(() => done)
      attack.catch(reject) // told by `end` when it comes later
    })
  },
  end: () => {
    going = false
    return attack
  },
})
