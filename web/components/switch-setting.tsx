'use client'

import { makeStyles, Switch } from '@fluentui/react-components'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { item as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { SaveMark } from './save-mark.tsx'

const useStyles = makeStyles({ control: { display: 'flex', alignItems: 'center', gap: '4px' } })

interface SwitchSettingProps {
  readonly icon: ReactElement
  readonly title: string
  readonly about: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly change: ComponentProps<typeof SaveMark>['change']
}

/** A setting that is on or off, and saved as soon as it is pressed. */
export function SwitchSetting({ icon, title, about, checked, onChange, change }: SwitchSettingProps) {
  const styles = useStyles()
  return (
    <SettingCard icon={icon} title={title} about={about}>
      <span className={styles.control}>
        <SaveMark change={change} />
        <Switch
          aria-label={title}
          label={checked ? texts.on : texts.off}
          labelPosition="before"
          checked={checked}
          onChange={(_, data) => onChange(data.checked)}
        />
      </span>
    </SettingCard>
  )
}
