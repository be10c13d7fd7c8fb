import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components'

/**
 * The Windows 11 look as Fluent tokens. Windows takes one accent and uses a darker shade of it for text on light
 * surfaces and a lighter one on dark surfaces; the ramps follow that: 80 is the accent of the light theme, and the dark
 * theme names its accent, #60CDFF, token by token below.
 */
const accent: BrandVariants = {
  10: '#00101f',
  20: '#001d36',
  30: '#002a4e',
  40: '#003966',
  50: '#00487f',
  60: '#005799',
  70: '#0066b4',
  80: '#0078d7',
  90: '#2b88d8',
  100: '#4599df',
  110: '#5ca9e5',
  120: '#74baea',
  130: '#8ecaf0',
  140: '#a9d9f5',
  150: '#c7e7fa',
  160: '#e5f4fd',
}

/** Tokens of our own, beside Fluent's, where Windows has a surface or a signal colour that Fluent does not name. */
export interface AppTokens {
  readonly appPage: string
  readonly appCard: string
  readonly appCardHover: string
  readonly appCardPressed: string
  readonly appCardStroke: string
  readonly appDialogFooter: string
  readonly appAccent: string
  readonly appSuccess: string
  readonly appCritical: string
  readonly appCaution: string
  readonly appQuiet: string
}

const fonts = {
  fontFamilyBase:
    '"Segoe UI", "Segoe UI Variable Text", system-ui, -apple-system, "Noto Sans", "Liberation Sans", sans-serif',
  fontSizeBase300: '15px',
  lineHeightBase300: '20px',
} satisfies Partial<Theme>

export const light: Theme & AppTokens = {
  ...createLightTheme(accent),
  ...fonts,
  colorNeutralForeground1: '#1b1b1b',
  colorNeutralForeground2: '#3b3b3b',
  colorNeutralForeground3: '#5d5d5d',
  colorNeutralBackground1: '#fdfdfd',
  colorNeutralBackground1Hover: '#f6f6f6',
  colorNeutralBackground1Pressed: '#f0f0f0',
  colorNeutralStroke1: '#d2d2d2',
  colorNeutralStroke2: '#e3e3e3',
  // White on #0078D7 is 4.49:1; the next shade that Windows itself cannot be told from passes 4.5:1.
  colorBrandBackground: '#0077d4',
  colorBrandBackgroundHover: '#006cc1',
  colorBrandBackgroundPressed: '#0061ae',
  colorCompoundBrandBackground: '#0078d7',
  colorCompoundBrandBackgroundHover: '#006cc1',
  colorCompoundBrandBackgroundPressed: '#0061ae',
  colorCompoundBrandStroke: '#0078d7',
  colorBrandForegroundLink: '#005fb0',
  colorBrandForegroundLinkHover: '#004f93',
  colorBrandForegroundLinkPressed: '#003f76',
  colorSubtleBackgroundHover: '#eaeaea',
  colorSubtleBackgroundPressed: '#ededed',
  colorSubtleBackgroundSelected: '#eaeaea',
  colorStatusSuccessBackground1: '#dff6dd',
  colorStatusSuccessForeground1: '#0f7b0f',
  colorStatusSuccessBorder1: '#b8dfb5',
  colorStatusDangerBackground1: '#fde7e9',
  colorStatusDangerForeground1: '#c42b1c',
  colorStatusDangerBorder1: '#f0bfc3',
  colorStatusWarningBackground1: '#fff4ce',
  colorStatusWarningForeground3: '#9d5d00',
  colorStatusWarningBorder1: '#eadb9f',
  colorNeutralStencil1: '#e9e9e9',
  colorNeutralStencil2: '#f7f7f7',
  appPage: '#f3f3f3',
  appCard: '#fbfbfb',
  appCardHover: '#f6f6f6',
  appCardPressed: '#f2f2f2',
  appCardStroke: '#e5e5e5',
  appDialogFooter: '#f3f3f3',
  appAccent: '#0078d7',
  appSuccess: '#0f7b0f',
  appCritical: '#c42b1c',
  appCaution: '#9d5d00',
  appQuiet: '#5d5d5d',
}

export const dark: Theme & AppTokens = {
  ...createDarkTheme(accent),
  ...fonts,
  colorNeutralForeground1: '#ffffff',
  colorNeutralForeground2: '#dedede',
  colorNeutralForeground3: '#c5c5c5',
  colorNeutralForeground4: '#a6a6a6',
  colorNeutralBackground1: '#2b2b2b',
  colorNeutralBackground1Hover: '#333333',
  colorNeutralBackground1Pressed: '#272727',
  colorNeutralBackground2: '#262626',
  colorNeutralStroke1: '#4a4a4a',
  colorNeutralStroke2: '#3d3d3d',
  colorNeutralForegroundOnBrand: '#000000',
  colorNeutralForegroundInverted: '#000000',
  colorBrandBackground: '#60cdff',
  colorBrandBackgroundHover: '#5abde9',
  colorBrandBackgroundPressed: '#52a9cf',
  colorCompoundBrandBackground: '#60cdff',
  colorCompoundBrandBackgroundHover: '#5abde9',
  colorCompoundBrandBackgroundPressed: '#52a9cf',
  colorCompoundBrandForeground1: '#60cdff',
  colorCompoundBrandForeground1Hover: '#8fdcff',
  colorCompoundBrandForeground1Pressed: '#52a9cf',
  colorCompoundBrandStroke: '#60cdff',
  colorCompoundBrandStrokeHover: '#5abde9',
  colorCompoundBrandStrokePressed: '#52a9cf',
  colorBrandForeground1: '#60cdff',
  colorBrandForeground2: '#99ebff',
  colorBrandForegroundLink: '#60cdff',
  colorBrandForegroundLinkHover: '#99ebff',
  colorBrandForegroundLinkPressed: '#52a9cf',
  colorBrandStroke1: '#60cdff',
  colorNeutralForeground2BrandHover: '#60cdff',
  colorNeutralForeground2BrandPressed: '#52a9cf',
  colorNeutralForeground2BrandSelected: '#60cdff',
  colorNeutralForeground3BrandHover: '#60cdff',
  colorNeutralForeground3BrandPressed: '#52a9cf',
  colorNeutralForeground3BrandSelected: '#60cdff',
  colorStatusSuccessBackground1: '#393d1b',
  colorStatusSuccessForeground1: '#6ccb5f',
  colorStatusSuccessBorder1: '#52572c',
  colorStatusDangerBackground1: '#442726',
  colorStatusDangerForeground1: '#ff99a4',
  colorStatusDangerBorder1: '#653b3a',
  colorStatusWarningBackground1: '#433519',
  colorStatusWarningForeground3: '#fce100',
  colorStatusWarningBorder1: '#63502a',
  colorNeutralStencil1: '#2b2b2b',
  colorNeutralStencil2: '#363636',
  appPage: '#202020',
  appCard: '#2b2b2b',
  appCardHover: '#323232',
  appCardPressed: '#272727',
  appCardStroke: '#1d1d1d',
  appDialogFooter: '#202020',
  appAccent: '#60cdff',
  appSuccess: '#6ccb5f',
  appCritical: '#ff99a4',
  appCaution: '#fce100',
  appQuiet: '#a6a6a6',
}
