/** The package that may hold the declarations of another: `@types/lodash`, `@types/scope__name`. */
export function typesPackageOf(name: string): string {
  return `@types/${name.replace(/^@(.+?)\//, "$1__")}`;
}
