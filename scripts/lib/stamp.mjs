import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** SHA-256 over texts and bytes, each with its length, so that no two lists of parts give the same hash. */
export function hashOf(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

/** All files below `folder`, as sorted paths relative to it; `leaveOut` names entries directly in it. */
export function filesBelow(folder, leaveOut = []) {
  const found = []
  const walk = (relative) => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      if (relative === '' && leaveOut.includes(entry.name)) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) found.push(path)
    }
  }
  walk('')
  return found.sort((a, b) => (a < b ? -1 : 1))
}

/** What a stamp file holds; the empty text where there is none. */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error.code === 'ENOENT') return ''
    throw error
  }
}

export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${value}\n`)
}

export function removeStamp(file) {
  rmSync(file, { force: true })
}
