/** The name users' browsers know it by already: `light`, `dark` or `system`. */
export const themeKey = 'WinAppLocalTheme'
/** Whether the sidebar is folded to its icons: `1` or `0`. */
export const navKey = 'WinAppNavCompact'

/**
 * Runs in the head, before the first paint: applies what was chosen earlier. Written as text, since it must not wait
 * for any bundle. A browser that forbids storage gets the defaults.
 */
export const headScript = `try{var d=document.documentElement.dataset,t=localStorage.getItem("${themeKey}");if(t==="light"||t==="system")d.theme=t;if(localStorage.getItem("${navKey}")==="1")d.nav="compact"}catch(e){}`
