'use client'

import { makeStyles, Select } from '@fluentui/react-components'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { SettingCard } from './card.tsx'
import { SaveMark } from './save-mark.tsx'

const useStyles = makeStyles({
  control: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  select: { minWidth: '180px' },
})

interface ChoiceSettingProps<Value extends string> {
  readonly icon: ReactElement
  readonly title: string
  readonly about: ReactNode
  readonly choices: Readonly<Record<Value, string>>
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly change: ComponentProps<typeof SaveMark>['change']
}

/** A setting with few values, saved as soon as one is chosen. */
export function ChoiceSetting<Value extends string>(props: ChoiceSettingProps<Value>) {
  const styles = useStyles()
  const values = Object.keys(props.choices) as Value[]
  return (
    <SettingCard icon={props.icon} title={props.title} about={props.about}>
      <span className={styles.control}>
        <SaveMark change={props.change} />
        <Select
          className={styles.select ?? ''}
          aria-label={props.title}
          value={props.value}
          onChange={(_, data) => {
            const value = values.find((each) => each === data.value)
            if (value !== undefined) props.onChange(value)
          }}
        >
          {values.map((value) => (
            <option key={value} value={value}>
              {props.choices[value]}
            </option>
          ))}
        </Select>
      </span>
    </SettingCard>
  )
}
