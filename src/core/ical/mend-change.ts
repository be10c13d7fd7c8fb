/** What a mend did to an event, in the event's own lines. */
import type { Component } from './model.ts'

const LONGEST = 200

/** The lines that went and those that came, each as one text; what is the same on both sides is left out. */
export function lineChange(before: Component, after: Component): { readonly before: string; readonly after: string } {
  const old = linesOf(before)
  const now = linesOf(after)
  return { before: listed(without(old, now)), after: listed(without(now, old)) }
}

/** The lines of a component as one text, clipped. */
export function clippedLines(component: Component): string {
  return listed(linesOf(component))
}

function linesOf(component: Component): string[] {
  const inside = component.components.flatMap((child) => [`BEGIN:${child.name}`, ...linesOf(child)])
  return [...component.properties.map(({ line }) => line), ...inside]
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const there = new Map<string, number>()
  for (const line of others) there.set(line, (there.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const left = there.get(line) ?? 0
    if (left > 0) there.set(line, left - 1)
    return left === 0
  })
}

function listed(lines: readonly string[]): string {
  const text = lines.join('\n')
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}
