"""What is asked over a screen and answered before anything else. The safe answer has the focus."""
