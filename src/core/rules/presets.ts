import type { Rule } from './rule.ts'

export interface Preset {
  readonly id: string
  readonly title: string
  /** What it does, in a sentence. */
  readonly about: string
  readonly rules: readonly Rule[]
}

/** Lists to begin with; `Category` in the last one is to be replaced. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'busy-only',
    title: 'Busy only',
    about: 'Readers see when you are busy, and nothing else.',
    rules: [{ name: 'Busy only', when: [], actions: [{ do: 'busy' }] }],
  },
  {
    id: 'no-private',
    title: 'No private events',
    about: 'Events marked as private or confidential are left out.',
    rules: [
      {
        name: 'No private events',
        match: 'any',
        when: [
          { if: 'class', value: 'PRIVATE' },
          { if: 'class', value: 'CONFIDENTIAL' },
        ],
        actions: [{ do: 'drop' }],
      },
    ],
  },
  {
    id: 'next-90-days',
    title: 'Next 90 days',
    about: 'Only what happens from now until in 90 days.',
    rules: [{ name: 'Next 90 days', when: [{ if: 'window', from: 'PT0S', to: 'P90D' }], actions: [{ do: 'keep' }] }],
  },
  {
    id: 'without-alarms',
    title: 'Without alarms',
    about: 'Reminders stay with you.',
    rules: [{ name: 'Without alarms', when: [], actions: [{ do: 'strip-alarms' }] }],
  },
  {
    id: 'only-category',
    title: 'Only one category',
    about: 'Only events of a category; write its name in place of "Category".',
    rules: [{ name: 'Only one category', when: [{ if: 'category', value: 'Category' }], actions: [{ do: 'keep' }] }],
  },
]
