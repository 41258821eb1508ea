import { onMount } from "svelte";
import { type Readable, writable } from "svelte/store";
import { afterNavigate, pushState } from "$app/navigation";

/** The query of the page's address, see `addressQuery`. */
interface AddressQuery extends Readable<URLSearchParams> {
  change(changes: Readonly<Record<string, string | readonly string[]>>): void;
}

/**
 * The query of the page's address as a store that follows back and forward, empty until hydration.
 * `change` puts values into the address as a new history entry: several values become repeated
 * parameters, an empty value removes the parameter. Call it while a component is initialised.
 */
export function addressQuery(): AddressQuery {
  const query = writable(new URLSearchParams());
  const read = () => query.set(new URLSearchParams(location.search));
  afterNavigate(() => {
    read();
    // What was covered by the script of app.html now shows what the address asks for.
    requestAnimationFrame(() => document.documentElement.removeAttribute("data-address"));
  });
  onMount(() => {
    const path = location.pathname;
    const follow = () => {
      if (location.pathname === path) read();
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  });
  return {
    subscribe: query.subscribe,
    change(changes) {
      const url = new URL(location.href);
      for (const [name, value] of Object.entries(changes)) {
        url.searchParams.delete(name);
        for (const one of [value].flat()) if (one) url.searchParams.append(name, one);
      }
      if (url.href === location.href) return;
      pushState(url, {});
      read();
    },
  };
}

/** Puts the page's address where it can be pasted from. @returns what to tell the reader */
export async function copyAddress(): Promise<string> {
  try {
    await navigator.clipboard.writeText(location.href);
    return "Đã sao chép liên kết.";
  } catch {
    return "Trình duyệt không cho phép sao chép; hãy sao chép từ thanh địa chỉ.";
  }
}
