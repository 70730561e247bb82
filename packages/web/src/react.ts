import type { Advice } from "@scruple/runtime/enforce";
import { useEffect, useState } from "react";

/**
 * Whether something is worth offering: "no" until it is known, and where that cannot be found out.
 *
 * @param ask Asks whoever has the guard; asked again whenever it is another function, so keep it with `useCallback`.
 */
export function usePreview(ask: () => Promise<Advice>): Advice {
  const [advice, setAdvice] = useState<Advice>("no");
  useEffect(() => {
    let isCurrent = true;
    const take = (given: Advice) => isCurrent && setAdvice(given === "likely" ? given : "no");
    take("no");
    ask().then(take, () => take("no"));
    return () => {
      isCurrent = false;
    };
  }, [ask]);
  return advice;
}
