# The search of the text editor.

editor-find = Find
editor-replace-with = Replace
editor-next = next
editor-previous = previous
editor-all = all
editor-case = match case
editor-regexp = regexp
editor-word = by word
editor-replace = replace
editor-replace-all = replace all
editor-close = close
