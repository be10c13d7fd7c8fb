import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { themeCss } from './css.ts'

writeFileSync(join(import.meta.dirname, '../app/theme.css'), themeCss())
