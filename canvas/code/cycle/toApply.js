// The lines as the plan made them: one that is altered is refused.
return itemsToApply().map((json) => ({ json }));
