/** A page that says how to subscribe to a feed: what the QR code of a link leads to. It works without any script. */
import { SUBSCRIBE_WAYS, type SubscribeWay, webcal } from '../core/subscribe-ways.ts'
import { pagePolicy, plainAnswer } from './security-headers.ts'

const STYLE = `:root{color-scheme:light dark}body{margin:0 auto;padding:24px 16px;max-width:640px;background:Canvas;color:CanvasText;
font:16px/1.5 "Segoe UI",system-ui,sans-serif}h1{font-size:24px;line-height:32px}h2{font-size:18px;margin:0 0 8px}
section{border:1px solid color-mix(in srgb,CanvasText 20%,transparent);border-radius:8px;padding:16px;margin:16px 0}
code{display:block;overflow-wrap:anywhere;padding:8px;border-radius:4px;background:color-mix(in srgb,CanvasText 8%,transparent)}
a.press{display:inline-block;padding:8px 16px;border-radius:4px;background:#0067c0;color:#fff;text-decoration:none}ol{padding-left:24px}`

export interface SubscribePage {
  readonly name: string
  /** Address of the feed. */
  readonly address: string
  /** Whoever has the address may read it. */
  readonly isOpen: boolean
}

export function subscribePage({ name, address, isOpen }: SubscribePage): Response {
  const sections = SUBSCRIBE_WAYS.map((way) => section(way, address, isOpen)).join('\n')
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Subscribe to ${escaped(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Subscribe to ${escaped(name)}</h1>
<p>A subscribed calendar keeps itself up to date. Choose your program below. This is the address they ask for:</p>
<code>${escaped(address)}</code>
<p><a href="${escaped(webcal(address))}">Open it in the calendar program of this device</a></p>
${sections}
</main>
</body>
</html>
`
  return plainAnswer(200, html, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': pagePolicy([]),
    'cache-control': 'no-store',
  })
}

function section({ title, steps, press, fromOutside }: SubscribeWay, address: string, isOpen: boolean): string {
  const closed = fromOutside && !isOpen ? '<p>This address asks for a login, which this program cannot give.</p>' : ''
  const button =
    press === null ? '' : `<a class="press" href="${escaped(press.href(address))}">${escaped(press.label)}</a>`
  const list = steps.map((step) => `<li>${escaped(step)}</li>`).join('')
  return `<section><h2>${escaped(title)}</h2>${closed}<ol>${list}</ol>${button}</section>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
