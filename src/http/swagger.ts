import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import type { AppDeps, AppEnv } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { serveStaticFile } from './static.ts'
import { loadStaticFile, prepareStaticFile, type StaticFile } from './static-files.ts'

const BASE = '/api/swagger-ui/'

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>CalDAV/ICS Sync API</title>
<link rel="icon" type="image/png" href="favicon-32x32.png">
<link rel="stylesheet" href="swagger-ui.css">
<div id="swagger-ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="initializer.js"></script>
</html>
`

/** A file of its own, so that the page needs no inline script. No validator: it would send the document to a foreign site. */
const INITIALIZER = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
})
`

const FROM_PACKAGE = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

/** Swagger UI from the installed package; nothing at all where SWAGGER_UI is off. */
export function swaggerRoutes(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  if (!deps.settings.swaggerUi) return app
  const folder = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))

  function serveLazily(path: string, load: () => Promise<StaticFile>): void {
    let loading: Promise<StaticFile> | null = null
    app.get(path, async (c) => {
      loading ??= load()
      try {
        return serveStaticFile(c, await loading)
      } catch (thrown) {
        loading = null
        throw thrown
      }
    })
    app.all(path, methodNotAllowed('GET, HEAD'))
  }

  app.get('/api/swagger-ui', (c) => c.redirect(BASE, 308))
  app.all('/api/swagger-ui', methodNotAllowed('GET, HEAD'))
  for (const path of [BASE, `${BASE}index.html`]) serveLazily(path, () => prepareStaticFile(Buffer.from(PAGE), '.html'))
  serveLazily(`${BASE}initializer.js`, () => prepareStaticFile(Buffer.from(INITIALIZER), '.js'))
  for (const name of FROM_PACKAGE) serveLazily(`${BASE}${name}`, () => loadStaticFile(join(folder, name)))
  return app
}
