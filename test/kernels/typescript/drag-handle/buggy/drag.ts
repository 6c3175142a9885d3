export interface Surface {
  addEventListener(event: string, listener: (at: Point) => void): void;
  removeEventListener(event: string, listener: (at: Point) => void): void;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lets a handle be dragged over a surface; gives back what ends it. */
export function drag(surface: Surface, moveTo: (at: Point) => void): () => void {
  let isDragging = false;
  const onDown = () => {
    isDragging = true;
  };
  const onMove = (at: Point) => {
    if (isDragging) moveTo(at);
  };
  surface.addEventListener("pointerdown", onDown);
  surface.addEventListener("pointermove", onMove);
  return () => {
    surface.removeEventListener("pointerdown", onDown);
    surface.removeEventListener("mousemove", onMove);
  };
}
