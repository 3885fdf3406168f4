"""The first page, as a visitor meets it."""


def test_front_door_has_no_fault_that_axe_can_find(visit, axe):
    answer = visit.open("/")
    assert answer.status == 200
    assert axe(visit) == []


def test_front_door_fits_and_runs_clean(visit):
    visit.open("/")
    assert visit.overflow() == 0
    assert visit.problems == []


def test_front_door_works_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    assert page.open("/").status == 200
    assert page.page.get_by_role("main").inner_text().strip()


def test_front_door_says_its_language(open_page):
    page = open_page()
    for path, language in (("/", "es"), ("/en/", "en")):
        page.open(path)
        assert page.page.locator("html").get_attribute("lang") == language
