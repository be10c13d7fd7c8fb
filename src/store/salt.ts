import { randomBytes } from 'node:crypto'

/** What makes the UIDs of busy events those of one link or destination alone: 160 random bits. */
export function newSalt(): string {
  return randomBytes(20).toString('hex')
}
