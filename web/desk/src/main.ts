import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import 'element-plus/theme-chalk/base.css'
import '@tanfang/shared/tokens.css'
import './element.css'
import './styles.css'
import App from './App.vue'
import { i18n, useLanguage } from './lib/language'
import { queries } from './lib/queries'
import { showTextSize } from './lib/textSize'
import { router } from './router'

showTextSize()
const app = createApp(App).use(createPinia()).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router)
void useLanguage()
  .restore()
  .then(() => app.mount('#app'))
