/** How the cost of each workload grows with the calendar, as an SVG that reads on light and dark pages. */

export interface GrowthLine {
  readonly name: string
  /** Events and seconds of CPU. */
  readonly points: readonly (readonly [events: number, seconds: number])[]
}

const WIDTH = 760
const HEIGHT = 440
const LEFT = 70
const RIGHT = 250
const TOP = 20
const BOTTOM = 50
const COLORS = ['#0f6cbd', '#c239b3', '#107c10', '#da3b01', '#8764b8', '#038387', '#986f0b', '#d13438'] as const
const DASHES = ['', '6 3', '2 3', '8 3 2 3'] as const

/** Both axes by powers of ten, so that what grows with the events is a line under 45 degrees. */
export function growthPlot(lines: readonly GrowthLine[]): string {
  const all = lines.flatMap(({ points }) => points)
  const [least, most] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))]
  const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
  const sizes = [...new Set(all.map(([x]) => x))].sort((a, b) => a - b)
  const [first = 1, last = 10] = [sizes[0], sizes.at(-1)]
  const across = (events: number) =>
    LEFT + ((WIDTH - LEFT - RIGHT) * Math.log10(events / first)) / Math.max(Math.log10(last / first), 0.1)
  const down = (seconds: number) =>
    HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (Math.log10(seconds) - low)) / Math.max(high - low, 1)
  const text = (x: number, y: number, words: string, anchor = 'middle') =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`
  const powers = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index))
  const grid = [
    ...powers.flatMap((value) => {
      const y = down(value)
      const words = value < 1 ? `${Number((value * 1000).toPrecision(1))} ms` : `${value} s`
      return [`<line x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}"/>`, text(LEFT - 8, y + 4, words, 'end')]
    }),
    ...sizes.map((size) => text(across(size), HEIGHT - BOTTOM + 22, size.toLocaleString('en'))),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'events in the calendar'),
  ]
  const drawn = lines.map(({ name, points }, index) => {
    const color = COLORS[index % COLORS.length] ?? '#000'
    const dash = DASHES[Math.floor(index / COLORS.length) % DASHES.length] ?? ''
    const path = points
      .map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${across(x).toFixed(1)} ${down(y).toFixed(1)}`)
      .join('')
    const dots = points.map(
      ([x, y]) => `<circle cx="${across(x).toFixed(1)}" cy="${down(y).toFixed(1)}" r="3.5" fill="${color}"/>`,
    )
    const row = TOP + 12 + index * 20
    const mark = `<path d="M${WIDTH - RIGHT + 20} ${row - 4}h24" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/>`
    return `<path d="${path}" fill="none" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/>${dots.join('')}${mark}${text(WIDTH - RIGHT + 52, row, name, 'start')}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Segoe UI, sans-serif" font-size="12" role="img" aria-label="CPU time by events in the calendar">
<rect width="100%" height="100%" fill="#fff"/>
<g stroke="#ddd" stroke-width="1" fill="#444">${grid.join('').replaceAll('<text', '<text stroke="none"')}</g>
<g fill="#222">${drawn.join('\n')}</g>
</svg>
`
}

function escaped(words: string): string {
  return words.replace(/[&<>]/g, (one) => (one === '&' ? '&amp;' : one === '<' ? '&lt;' : '&gt;'))
}
