/**
 * The oldest browsers we promise (`browserslist` in package.json): the built scripts are written in their language, call
 * nothing they lack, and the main path works where what came later is taken away.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { builtScripts, namesIn, readScript } from './built-scripts.ts'
import { openPage } from './chromium.ts'
import { fillSource, type Stage, startStage, stateWord } from './stage.ts'

/** The edition of the language that Chromium 126 and Firefox 128 speak in full. */
const edition = 2024

/**
 * What came to Chromium after 126 or to Firefox after 128, as scripts name it. React names `startViewTransition` too, for
 * a component that is not used here: it is taken away below with the rest.
 */
const newer = [
  ...['Promise.try', 'RegExp.escape', 'Error.isError', 'Math.sumPrecise', 'Math.f16round', 'Iterator.from'],
  ...['Iterator.concat', 'Iterator.zip', 'Iterator.prototype', 'JSON.rawJSON', 'Atomics.pause', 'Intl.DurationFormat'],
  ...['Uint8Array.fromBase64', 'Uint8Array.fromHex', '.toBase64', '.setFromBase64', '.toHex', '.getOrInsert'],
  ...['.getOrInsertComputed', '.moveBefore', '.requestClose', 'Symbol.dispose'],
] as const

let stage: Stage

before(async () => {
  stage = await startStage()
})

after(() => stage.stop())

test('the build is made for the browsers we promise', () => {
  const root = join(import.meta.dirname, '../..')
  const { browserslist } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { browserslist: string[] }
  assert.deepEqual(browserslist, ['chrome >= 126', 'edge >= 126', 'firefox >= 128', 'safari >= 18'])
})

test('every built script is written in their language and names nothing they lack', () => {
  const scripts = builtScripts()
  assert.ok(scripts.length > 20, 'the scripts were found')
  const found: string[] = []
  for (const script of scripts) {
    const names = new Set(namesIn(readScript(script, edition)))
    for (const name of newer) if (names.has(name)) found.push(`${script.name}: ${name}`)
  }
  assert.deepEqual(found, [])
})

/** Takes away what is newer than the oldest browsers, before any script of a page runs. */
const takeAway = `
  for (const name of ['Temporal', 'Iterator', 'Float16Array', 'DisposableStack', 'AsyncDisposableStack', 'SuppressedError',
    'URLPattern', 'scheduler', 'navigation', 'CloseWatcher']) delete globalThis[name]
  delete Promise.try
  delete RegExp.escape
  delete Error.isError
  for (const name of ['sumPrecise', 'f16round']) delete Math[name]
  for (const name of ['fromBase64', 'fromHex']) delete Uint8Array[name]
  for (const name of ['toBase64', 'toHex', 'setFromBase64', 'setFromHex']) delete Uint8Array.prototype[name]
  for (const kind of [Map, WeakMap]) for (const name of ["getOrInsert", "getOrInsertComputed"]) delete kind.prototype[name]
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([].values()))
  for (const name of Object.getOwnPropertyNames(iterator)) if (name !== 'constructor') delete iterator[name]
  for (const name of ['rawJSON', 'isRawJSON']) delete JSON[name]
  delete Intl.DurationFormat
  delete Document.prototype.startViewTransition
  for (const part of [Element, Document, DocumentFragment]) delete part.prototype.moveBefore
  delete HTMLDialogElement.prototype.requestClose`

test('the main path works where all of that is missing', async () => {
  const { page, context, troubles } = await openPage(stage.browser, {
    url: stage.program.url,
    prepare: (each) => each.addInitScript(takeAway),
  })
  assert.equal(
    await page.evaluate('typeof Temporal + typeof [].values().map + typeof Promise.try'),
    'undefined'.repeat(3),
  )
  await page.getByRole('link', { name: 'Sources (0)' }).click()
  await page.getByRole('button', { name: 'Add Source' }).click()
  await fillSource(page, { name: 'Work', url: stage.work, username: 'alice', path: 'work' })
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await stateWord(page, 'Synced').waitFor()
  await page.getByRole('button', { name: /^Work/ }).click()
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText('Work: Synchronized 2 events').waitFor()
  await page.getByRole('button', { name: 'Edit: Work' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Source' })
  await edit.getByRole('textbox', { name: 'Name', exact: true }).fill('Office')
  await edit.getByRole('checkbox', { name: /^Make ICS URL public/ }).check()
  await edit.getByRole('button', { name: 'Update' }).click()
  await page.getByRole('button', { name: 'Pause: Office' }).click()
  await stateWord(page, 'Paused').waitFor()
  await page.getByRole('button', { name: 'Delete: Office' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Source restored').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('img', { name: /^Runs of the last 14 days/ }).waitFor()
  assert.deepEqual(troubles, [])
  await context.close()
})
