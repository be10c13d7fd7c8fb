/** The name users' browsers know it by already: `light`, `dark` or `system`. */
export const themeKey = 'WinAppLocalTheme'
/** Whether the sidebar is folded to its icons: `1` or `0`. */
export const navKey = 'WinAppNavCompact'

/**
 * Runs in the head, before the first paint: applies what was chosen earlier, and from then on what another tab
 * chooses, since the page's own code may come a while later. Written as text, since it must not wait for any bundle.
 * A browser that forbids storage gets the defaults.
 */
export const headScript = `try{let d=document.documentElement.dataset,a=t=>{d.theme=t==="light"||t==="system"?t:"dark"};a(localStorage.getItem("${themeKey}"));addEventListener("storage",e=>{if(e.key==="${themeKey}")a(e.newValue)});if(localStorage.getItem("${navKey}")==="1")d.nav="compact"}catch(e){}`
