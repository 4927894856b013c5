export type Child = Node | string | undefined | false;

export interface ElementOptions {
  readonly class?: string | undefined;
  readonly id?: string | undefined;
  /** Keeps focus on the same thing when its part is drawn again; unique within the part. */
  readonly key?: string | undefined;
  /** `undefined` and `false` leave the attribute out, `true` sets it empty. */
  readonly attributes?: Readonly<Record<string, string | boolean | undefined>>;
  readonly on?: { readonly [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void };
}

/** One element; strings become text nodes, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, options: ElementOptions = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  return furnish(document.createElement(tag), options, children);
}

/** Sets class, id, key, attributes, listeners and children of an element that exists already. */
export function furnish<Kind extends HTMLElement>(target: Kind, options: ElementOptions, children: readonly Child[] = []): Kind {
  if (options.class !== undefined) target.className = options.class;
  if (options.id !== undefined) target.id = options.id;
  if (options.key !== undefined) target.dataset['key'] = options.key;
  for (const [name, value] of Object.entries(options.attributes ?? {})) setAttribute(target, name, value);
  for (const [name, listener] of Object.entries(options.on ?? {})) target.addEventListener(name, listener as EventListener);
  target.append(...present(children));
  return target;
}

/** Sets, or with `undefined` or `false` takes away, an attribute; leaves it alone when it says so already. */
export function setAttribute(target: Element, name: string, value: string | boolean | undefined): void {
  if (value === undefined || value === false) target.removeAttribute(name);
  else if (target.getAttribute(name) !== (value === true ? '' : value)) target.setAttribute(name, value === true ? '' : value);
}

/** Sets the text if it differs, so that a live region is not read out again. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Replaces what stands in a container; focus stays on the element with the same key, and scroll positions of keyed elements stay. */
export function refill(container: Element, children: readonly Child[]): void {
  const active = document.activeElement;
  const focused = active !== null && container.contains(active) ? active.closest('[data-key]')?.getAttribute('data-key') : undefined;
  const scrolled = [...container.querySelectorAll('[data-key]')].filter((each) => each.scrollTop > 0).map((each) => [each.getAttribute('data-key'), each.scrollTop] as const);
  container.replaceChildren(...present(children));
  for (const [key, top] of scrolled) byKey(container, key)?.scrollTo({ top });
  if (focused !== undefined && focused !== null) byKey(container, focused)?.focus({ preventScroll: true });
}

/** The element with this key. */
export function byKey(container: Element, key: string | null): HTMLElement | undefined {
  return key === null ? undefined : (container.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined);
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== undefined && child !== false);
}
