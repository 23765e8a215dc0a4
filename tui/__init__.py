"""The screens and the command line.

Textual reads its switches (TEXTUAL_LOG, TEXTUAL_SCREENSHOT and the like) when it
is imported; some of them write what is on the screen to a file. So they are
taken away here, before any module of this package can import it.
"""

import os

for _switch in [name for name in os.environ if name.startswith("TEXTUAL")]:
    del os.environ[_switch]
