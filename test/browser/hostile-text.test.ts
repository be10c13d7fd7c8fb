/** Threat B1: what strangers write into events is text on every page, never markup, script or a request. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from './chromium.ts'
import { addSource, type Stage, startStage } from './stage.ts'

const payloads = [
  '<script>document.title="taken"</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '<iframe src="https://evil.example/"></iframe>',
  '<a href="javascript:alert(1)">go</a>',
  '{{constructor.constructor("alert(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an attack, not a template
  '${alert(1)}',
  '<style>body{display:none}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '</title><script>alert(1)</script>',
]

let stage: Stage

/** Today at noon in UTC, so that it stands in the month that is shown. */
const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')

function hostileEvent(payload: string, place: number): string {
  const value = payload.replace(/[\\,;]/g, '\\$&')
  const quoted = payload.replaceAll('"', "'")
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    `UID:hostile-${place}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${today}T120000Z`,
    `DTEND:${today}T130000Z`,
    `SUMMARY:${value}`,
    `DESCRIPTION:${value}`,
    `LOCATION:${value}`,
    `CATEGORIES:${value}`,
    `COLOR:${value}`,
    'URL:javascript:alert(1)',
    'ATTACH:javascript:alert(1)',
    `ORGANIZER;CN="${quoted}":mailto:a@example.com`,
    `ATTENDEE;CN="${quoted}":mailto:b@example.com`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.join('\r\n')}\r\n`
}

before(async () => {
  stage = await startStage()
  const { radicale, program } = stage
  const name = payloads.join(' ')
  const calendar = await radicale.makeCalendar('hostile', { displayName: name })
  for (const [place, payload] of payloads.entries()) {
    await radicale.putObject(calendar, `${place}.ics`, hostileEvent(payload, place))
  }
  const account = { url: calendar, username: radicale.username }
  await addSource(program, { ...account, name, path: 'hostile' })
  await addSource(program, { ...account, name: payloads[1] ?? '', path: 'refused', password: 'wrong' })
  const synced = await fetch(`${program.url}/api/sources/1/sync`, { method: 'POST' })
  assert.equal(synced.status, 200)
  const destination = {
    name: payloads[2],
    ics_url: 'source:1',
    caldav_url: radicale.home,
    calendar_name: 'target',
    username: radicale.username,
    password: radicale.account().password.reveal(),
    sync_interval_secs: 0,
    sync_all: true,
    keep_local: true,
  }
  const made = await fetch(`${program.url}/api/destinations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(destination),
  })
  assert.equal(made.status, 201)
  await fetch(`${program.url}/api/destinations/1/sync`, { method: 'POST' })
  await fetch(`${program.url}/api/links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source_ids: [1], label: payloads[3], name: payloads[4] }),
  })
})

after(() => stage.stop())

const pages = [
  '/',
  '/sources',
  '/destinations',
  '/sources/view?id=1',
  '/sources/view?id=2',
  '/destinations/view?id=1',
  '/destinations/rules?id=1',
  '/runs/view?id=1',
  '/runs/view?id=2',
  '/runs/view?id=3',
  '/links',
  '/links/view?id=1',
  '/calendar?kind=source&id=1&view=month',
  '/calendar?kind=destination&id=1&view=list',
  '/review',
  '/settings',
]

for (const path of pages) {
  test(`B1: hostile texts stay texts at ${path}`, async () => {
    const dialogs: string[] = []
    const visit = await openPage(stage.browser, { url: stage.program.url + path })
    const { page, context, troubles } = visit
    page.on('dialog', async (dialog) => {
      dialogs.push(dialog.message())
      await dialog.dismiss()
    })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('main:not(:has(.fui-Skeleton))').waitFor()
    // Everything that folds is opened, so that its text is on the page too.
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
    const folded = page.locator('main .fui-AccordionHeader__button[aria-expanded="false"]')
    for (let left = await folded.count(); left > 0; left--) await folded.first().click()
    assert.deepEqual(
      await page.evaluate('[...document.querySelectorAll("main script, main iframe, main base, main meta")].length'),
      0,
    )
    const links = await page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    assert.deepEqual(
      links.filter((href) => !/^(\/|#|https?:|webcal:|mailto:)/.test(href)),
      [],
    )
    assert.notEqual(await page.title(), 'taken')
    assert.deepEqual(dialogs, [])
    assert.deepEqual(troubles, [])
    await context.close()
  })
}
