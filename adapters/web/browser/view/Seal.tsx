/** The mark of the product: the character 问 (to ask) as a seal. */
export function Seal() {
  return (
    <svg class="seal" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M9.2 6.6l2.2 2.6M8.4 12v13.4M14.6 8.2h9v14.6q0 2.4-2.6 2.4h-1.2" />
      <path d="M12.6 14.2h6.8v6.2h-6.8z" />
    </svg>
  );
}
