"""Pictures of every screen, for the documentation: `python -m tui.pictures DIR`. No command of dermlock.

The real app runs without a terminal on the demo's throwaway vault, with a clock that
stands still and drawn pictures. Each screen is put up where it is wanted instead of
being walked to, so that a picture does not depend on the wording of the steps before it.
"""
