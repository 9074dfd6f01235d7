/**
 * Runs in the browser. On a published workflow, n8n opens its Production Checklist over the canvas, once in each
 * browser. It is closed then; a person who opens it later finds it open.
 */
function closeOnce(): void {
	new MutationObserver(() => {
		const close = document.querySelector('[data-test-id="suggested-actions-close"]');
		const mark = `checklist closed: ${location.pathname}`;
		if (!(close instanceof HTMLElement) || localStorage.getItem(mark) !== null) return;
		localStorage.setItem(mark, 'yes');
		close.click();
	}).observe(document, { childList: true, subtree: true });
}

/** For n8n's environment, so that a canvas can be read as soon as it is opened. The editor runs this script. */
export const READABLE_CANVASES = {
	EXTERNAL_FRONTEND_HOOKS_URLS: `data:text/javascript,${encodeURIComponent(`(${closeOnce.toString()})()`)}`,
};
