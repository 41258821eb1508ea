/** A finding of today: only in a published report does it say that it has been looked into. */
export function ofToday<Row extends object>(row: Row) {
  return { ...row, is_acknowledged: false, acknowledged_reason: null };
}
