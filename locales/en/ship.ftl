# The Ship step: link, files, pictures.

ship-share = Share a link
ship-share-about = The link holds the whole design. Whoever opens it gets a design of their own; yours stays as it is.
ship-link-copied = The link is on the clipboard.
ship-link-label = Link to the design
ship-copy-link = Copy the link
ship-writing = Writing the link…
ship-long = { $length }. Some programs cut links of this length off; leave something out, or send the design file.
ship-code = Show as a QR code
ship-code-label = QR code of the link
ship-goes = What goes along
ship-comments = Comments
ship-brief = The brief
ship-statements = Statements kept as written
ship-characters = { $count ->
    [one] { $count } character
   *[other] { $count } characters
}
ship-kilobytes = { NUMBER($size, minimumFractionDigits: 1, maximumFractionDigits: 1) } KB
ship-link = A link
ship-link-about = The link holds the whole design: tables, text and diagram. It is not stored anywhere; whoever has it has the design, and opens it as a design of their own.
ship-files = Files
ship-no-tables = The design has no tables yet.
ship-sql-about = Creates the design in an empty PostgreSQL.
ship-file = Design file
ship-file-about = Everything, with texts and reasons; opens again in Relata and in the relata command.
ship-picture-failed = The picture could not be made: { $reason }.
ship-picture = Picture
ship-picture-about = The diagram: SVG with text that can be read and searched, PNG of up to 8,000 pixels, or paper, also as a PDF.
ship-dark = dark
ship-transparent = transparent
ship-labelled = with columns and actions on the lines
ship-print = Print
ship-selected = only what is selected
ship-too-large = the browser makes no picture of this size
ship-export = For other tools
ship-export-about = A diagram as text for Mermaid, PlantUML or dbdiagram.io, or the data dictionary: every table with its columns, rules and what references it.
ship-format = Format
ship-dictionary = Data dictionary, { $format }
