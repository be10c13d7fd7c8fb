import { dark, light } from './palette.ts'

type Tokens = Readonly<Record<string, string | number>>

function rule(selector: string, scheme: 'light' | 'dark', tokens: Tokens, indent = ''): string {
  const lines = Object.entries(tokens)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${indent}  --${name}: ${value};`)
  return [`${indent}${selector} {`, `${indent}  color-scheme: ${scheme};`, ...lines, `${indent}}`].join('\n')
}

/**
 * The style sheet that holds every token. Themes are chosen by CSS alone, so that the first paint is right before any
 * script of the dashboard runs: dark unless `data-theme` says `light`, or `system` with a light system.
 */
export function themeCss(): string {
  const base: Tokens = { ...dark }
  const difference: Tokens = Object.fromEntries(
    Object.entries({ ...light }).filter(([name, value]) => base[name] !== value),
  )
  return `/* Generated from theme/palette.ts by theme/generate.ts. */
${rule(':root', 'dark', base)}

${rule(':root[data-theme="light"]', 'light', difference)}

@media (prefers-color-scheme: light) {
${rule(':root[data-theme="system"]', 'light', difference, '  ')}
}
`
}
