/** The version of the product that this page belongs to, as CMakeLists.txt says. */
declare const __TANFANG_VERSION__: string
