/** What a person is told when something goes wrong: read from the source, so that no message is forgotten. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const SOURCE = join(import.meta.dirname, '..', 'src')

interface Said {
  readonly where: string
  readonly message: string
}

/** The literal a message is written as, with `…` for what is put in. */
function messages(pattern: RegExp): Said[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !/\btest(-app)?\.ts$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(SOURCE, file), 'utf8').matchAll(pattern)].map((match) => ({
        where: file,
        message: (match.groups?.text ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…').replace(/\\(.)/g, '$1'),
      })),
    )
}

const LITERAL = String.raw`(?<quote>['"\x60])(?<text>(?:\\.|(?!\k<quote>)[^\\])*)\k<quote>`
const SYNC_ERRORS = new RegExp(String.raw`new SyncError\(\s*'[a-z-]+',\s*${LITERAL}`, 'g')
const NAMED_MESSAGES = new RegExp(String.raw`const message =\s*${LITERAL}`, 'g')
const API_ERRORS = new RegExp(String.raw`new ApiError\(\s*[0-9]+,\s*${LITERAL}`, 'g')

/** One sentence for what happened, at most one for why, and one for what to do. */
const MOST_SENTENCES = 3

function sentences(message: string): number {
  return message.split(/[.?!](?=\s+["“A-Z…])/).length
}

test('an error of a run is plain text of whole sentences, with a capital at its beginning and a full stop', () => {
  const said = messages(SYNC_ERRORS)
  assert.ok(said.length > 50, `only ${said.length} messages were found`)
  for (const { where, message } of said) {
    assert.match(message, /^["“…A-Z]/, `${where}: ${message}`)
    assert.match(message, /[.…]$/, `${where}: ${message}`)
    assert.ok(sentences(message) <= MOST_SENTENCES, `${where} says too much: ${message}`)
    assert.doesNotMatch(message, /\b(null|undefined|NaN|exception|stack|foo)\b/, `${where}: ${message}`)
  }
})

test('a refused request is told in one sentence without a full stop, as the contract has it', () => {
  const said = messages(API_ERRORS)
  assert.ok(said.length > 30, `only ${said.length} messages were found`)
  for (const { where, message } of said) {
    assert.match(message, /^["“…a-zA-Z]/, `${where}: ${message}`)
    assert.doesNotMatch(message, /\.$/, `${where}: ${message}`)
  }
})

test('messages that are put together first are sentences too', () => {
  // Undo keeps half a sentence for its answers; src/http makes sentences of the API, which the contract words.
  const said = messages(NAMED_MESSAGES).filter(
    ({ where }) => !where.startsWith('http/') && where !== 'sync/run-undo.ts',
  )
  assert.ok(said.length > 15, `only ${said.length} messages were found`)
  for (const { where, message } of said) {
    assert.match(message, /^["“…A-Z]/, `${where}: ${message}`)
    assert.ok(sentences(message) <= MOST_SENTENCES, `${where} says too much: ${message}`)
  }
})

test('what a person can do something about says what: an address, a login, a size, a file', () => {
  const advice =
    /\b(check|enter|use|ask|choose|correct|switch|make|create|name|add|give|set|put|free|look|press|try|tried|is kept|are kept|it is (used|asked|tried|done|sent)|nothing was (changed|written)|save|mend|delete|export|split|edit|approve|upload|start)\b/i
  const silent = messages(SYNC_ERRORS).filter(
    ({ where, message }) => !where.startsWith('core/rec') && !advice.test(message) && !SELF_EVIDENT.test(message),
  )
  assert.deepEqual(silent, [])
})

/** Our own stop, what a person has just asked for, and defects that nobody outside can do anything about. */
const SELF_EVIDENT =
  /(A transaction must|was deleted|is stopping|was stopped|was changed|is not to be|Unexpected error|A dry run)/
