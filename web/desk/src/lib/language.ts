// The language of the screens: Chinese at once, English when somebody asks for it.
import type { Language } from '@tanfang/shared/api/problem'
import type { Words } from '@tanfang/shared/vocabulary'
import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import zh from '../words/zh.json'

const kept = 'tanfang.desk.language'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  messages: { zh } as Record<string, typeof zh>,
})

async function show(language: Language) {
  const messages = i18n.global
  if (language === 'en' && !messages.availableLocales.includes('en')) {
    messages.setLocaleMessage('en', (await import('../words/en.json')).default)
  }
  messages.locale.value = language
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

export function useLanguage() {
  const language = computed(() => i18n.global.locale.value as Language)
  return {
    language,
    /** Of a pair that the server sends. */
    pick: (words: Words | undefined, otherwise = '') => words?.[language.value] ?? otherwise,
    choose: async (wanted: Language) => {
      localStorage.setItem(kept, wanted)
      await show(wanted)
    },
    restore: () => show(localStorage.getItem(kept) === 'en' ? 'en' : 'zh'),
  }
}
