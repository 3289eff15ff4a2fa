// For component tests: jsdom knows the element <dialog>, but not its modes. The focus trap of real browsers is shown in the browser tests.
export function addDialog(): void {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false
  }
}
