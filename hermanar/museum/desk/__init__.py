"""The editors' desk: each module here registers one noun; `hermanar.museum.wagtail_hooks` loads them all."""
