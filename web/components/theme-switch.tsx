'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { DarkThemeRegular, WeatherMoonRegular, WeatherSunnyRegular } from '@fluentui/react-icons'
import { useId } from 'react'
import { type ThemeChoice, themeChoices, useTheme } from '../lib/theme.ts'
import * as texts from '../texts.ts'
import { wide } from './breakpoints.ts'

const icons = { light: WeatherSunnyRegular, dark: WeatherMoonRegular, system: DarkThemeRegular }

const useStyles = makeStyles({
  group: {
    display: 'flex',
    gap: '2px',
    margin: 0,
    padding: '3px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  foldable: {
    [wide]: { ':global(:root[data-nav="compact"])': { flexDirection: 'column' } },
  },
  legend: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  choice: {
    flex: '1 1 auto',
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minHeight: '32px',
    paddingInline: '8px',
    whiteSpace: 'nowrap',
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    cursor: 'pointer',
    ':hover': { background: tokens.colorSubtleBackgroundHover },
    ':focus-within': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
  },
  chosen: { background: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground1 },
  input: { position: 'absolute', opacity: 0, width: '1px', height: '1px', margin: 0 },
  icon: { fontSize: '16px', flexShrink: 0 },
})

/** Light, dark or as the system; kept in this browser. */
export function ThemeSwitch({ foldable }: { readonly foldable: boolean }) {
  const styles = useStyles()
  const [theme, choose] = useTheme()
  const group = useId()
  return (
    <fieldset className={mergeClasses(styles.group, foldable && styles.foldable)}>
      <legend className={styles.legend}>{texts.theme.label}</legend>
      {themeChoices.map((choice: ThemeChoice) => {
        const Icon = icons[choice]
        const label = texts.theme[choice]
        return (
          <label key={choice} title={label} className={mergeClasses(styles.choice, theme === choice && styles.chosen)}>
            <input
              type="radio"
              className={styles.input}
              name={group}
              value={choice}
              checked={theme === choice}
              onChange={() => choose(choice)}
            />
            <Icon className={styles.icon} />
            <span className={foldable ? 'hidden-when-compact' : undefined}>{label}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
