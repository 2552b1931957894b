# Installation and export.
