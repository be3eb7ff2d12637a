/** The package has no types: the path of its program for this machine, null where there is none. */
declare module 'relay-compiler' {
  const path: string | null
  export = path
}
