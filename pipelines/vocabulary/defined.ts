type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** An object without its properties that are undefined, which strict types do not take for absent. */
export function defined<T extends object>(object: T): Defined<T> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  // what is left has the names and types of the object
  return Object.fromEntries(entries) as Defined<T>;
}
