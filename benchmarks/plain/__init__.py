"""A site as `django-admin startproject` makes one, with one table and the view that Django's manual shows for a CSV."""
