# Opening and keeping designs.

keep-editor-not-loaded = The text editor could not be loaded: { $reason }.
keep-editor-failed = The text editor failed: { $reason }.
keep-sheet-not-loaded = The sheet could not be loaded: { $reason }.
keep-refused = the browser refuses to store anything
keep-no-storage = this browser offers no storage here
keep-file-damaged = the file is damaged: { $reason }
keep-not-open = the storage of this browser is not open
keep-record-damaged = a record is damaged: { $reason }
keep-not-whole = it does not hold together: { $reason }
keep-taken-back = A change that was made here does not fit beside one from another tab, and was taken back: { $reason }.
keep-other-tab = What another tab has changed cannot be read: { $reason }.
keep-not-kept = Designs cannot be kept on this device: { $reason }. Save files instead.
keep-gone = This design is no longer on this device.
keep-copy-of = { $name } (copy)
keep-not-opened = The design cannot be opened: { $reason }.
keep-not-deleted = The design could not be deleted: { $reason }.
keep-deleted = Deleted “{ $name }”.
keep-the-link = The link
keep-from-link = Opened from a link, as a design of its own. Your other designs are as they were.
keep-sent-from-here = { $told } “{ $name }” was sent from here: what was changed in it since can go back.
keep-same-name = { $told } “{ $name }” is here too. Which version this one began with is not known, but the two can be compared by names.
keep-merge-by-name = Merge “{ $name }”, compared by names: what one of them lacks may be new there or gone here
keep-merge = Merge
keep-merge-it = Merge “{ $name }”
keep-nothing-since = Nothing was changed in it since it was sent.
done-merge = merge { $name }
keep-not-compared = It could not be compared: { $reason }.
keep-save-raw = { $told } What is kept of it can be saved as it is.
keep-save-it = Save it
keep-beside = { $title } is among your designs; what you opened after it stays in view.
keep-taken-in = { $count ->
    [one] { $count } design is on this device now, beside those that were.
   *[other] { $count } designs are on this device now, beside those that were.
}
keep-damaged = Damaged, and left out: { $names }.
keep-file-not-read = The file cannot be read: { $reason }.

# designs as files of a folder
folder-title = Files in a folder
folder-called = Files in the folder “{ $name }”
folder-what-for = Designs can live as files in a folder of this machine, beside the code that they belong to. What is saved here is then written there too.
folder-choose = Choose a folder
folder-leave = Leave the folder
folder-allow = Allow it again
folder-ask-again = The browser asks again after each visit whether files may be read and written there.
folder-is-here = The open design is the file { $name }.
folder-put = Put the open design there
folder-empty = No file there ends in { $ending } yet.
folder-changed = { $name } was changed outside this page. Your design is kept on this device; open the file to see what is in it.
folder-write-over = Write over it
folder-failed = The folder cannot be used: { $reason }.
