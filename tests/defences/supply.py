"""What the archives, the locks, what a release wrote and the units are kept from."""

from tests.defences import Defence

AUDIT = "tests/supply/test_audit.py::"
ARCHIVES = "tests/supply/test_archives.py::"
DEFENCES = [
    Defence(
        row=36,
        what="what git ignores because it is made goes into the wheel",
        file="pyproject.toml",
        stands='artifacts = ["hermanar/ui/static/ui/build/**", "*.mo"]',
        falls='artifacts = ["*.mo"]',
        tests=(f"{ARCHIVES}test_wheel_holds_all_of_the_package",),
    ),
    Defence(
        row=36,
        what="every file of the package goes into the wheel",
        file="pyproject.toml",
        stands='exclude = ["*.po"]',
        falls='exclude = ["*.po", "*.typ"]',
        tests=(f"{ARCHIVES}test_wheel_holds_all_of_the_package",),
    ),
    Defence(
        row=36,
        what="the archives bear the moment of the commit, not of the files",
        file="tools/dist.py",
        stands='"SOURCE_DATE_EPOCH": str(moment)}',
        falls='"SOURCE_DATE_EPOCH": str(int(__import__("time").time()))}',
        tests=(f"{ARCHIVES}test_archives_made_twice_are_the_same_bytes",),
    ),
    Defence(
        row=31,
        what="a lock holds the digests of a package",
        file="requirements.txt",
        stands="anyascii==0.3.3 \\\n",
        falls="anyascii==0.3.3\n",
        tests=(f"{AUDIT}test_every_locked_package_has_its_digests",),
    ),
    Defence(
        row=31,
        what="an exception past its day fails",
        file="tools/audit.py",
        stands="elif until < today:",
        falls="elif until.year < 2000:",
        tests=(f"{AUDIT}test_exceptions_that_are_past_or_incomplete_are_found",),
    ),
    Defence(
        row=31,
        what="files are looked through for secrets",
        file="tools/secret_scan.py",
        stands="for secret in kind.analyze_string(line):",
        falls="for secret in ():",
        tests=(f"{AUDIT}test_a_planted_secret_is_found",),
    ),
    Defence(
        row=31,
        what="a unit gives no new rights",
        file="deploy/systemd/hermanar.service",
        stands="NoNewPrivileges=yes",
        falls="NoNewPrivileges=no",
        tests=("tests/supply/test_deploy.py::test_services_have_no_more_rights_than_they_need",),
    ),
    Defence(
        row=21,
        what="a migration that lets others wait must say so",
        file="tests/releases/test_migrations.py",
        stands="if is_large or isinstance(operation, UNKNOWN):",
        falls="if isinstance(operation, UNKNOWN):",
        tests=("tests/releases/test_migrations.py::test_a_silent_migration_is_found",),
    ),
    Defence(
        row=21,
        what="what a release wrote is compared row by row",
        file="tests/releases/test_upgrade.py",
        stands="if set(rows[0]) - set(rows[1]):",
        falls="if not rows:",
        tests=("tests/releases/test_upgrade.py::test_a_loss_is_found",),
    ),
]
