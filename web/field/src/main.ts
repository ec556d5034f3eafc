import './older'
import { createApp } from 'vue'
import App from './App.vue'
import { core } from './core/browser'
import { giveCore } from './lib/core'
import { applyLook } from './lib/look'
import { speakAsBefore } from './lib/words'
import { turnPage } from './lib/flash'
import { startRoutes } from './lib/route'
import { hush } from './lib/speech'
import { loadAhead, routes } from './routes'
import './style.css'

giveCore(core)
applyLook()
const leave = () => {
  turnPage()
  hush()
}
void Promise.all([speakAsBefore(), core.start(), startRoutes(routes, leave)]).then(() => {
  createApp(App).mount('#app')
  loadAhead()
})
