// Pages by the part of the address after `#`, which no server and no log ever sees.
import { createRouter, createWebHashHistory } from 'vue-router'
import Start from './screens/Start.vue'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [{ path: '/:any(.*)*', component: Start }],
})
