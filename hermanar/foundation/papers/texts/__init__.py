"""The wording of our papers, one module each; every module names where its elements come from.

The sentences are ours. `[003:4174]` means the passage of the source documents that asks for the element.
"""
