"""What a right `where` is for each hiding place of the manifest."""

from scanner.model import Where

_HIDDEN = frozenset((Where.HIDDEN,))
_SEEN = frozenset((Where.VISIBLE,))
_BESIDE = frozenset((Where.HIDDEN, Where.ATTRIBUTE))
_META = frozenset((Where.METADATA,))
_ANY_BUT_SEEN = frozenset(Where) - _SEEN
_HIDDEN_PLACES = (
    "hidden_column hidden_row filtered_row hidden_sheet very_hidden_sheet white_text format_hidden"
    " tiny_text vanish tracked_deletion tracked_move_from field_code black_box"
    " invisible_render3 outside_page clipped under_image ocg_off_layer unreferenced_object"
    " previous_revision hidden_layer invisible_object zero_alpha off_slide hidden_slide"
    " css_hidden hidden_input chart_workbook embedded_xlsx ole_package_xlsx defined_name"
    " external_link_cache pivot_cache formula_literal data_validation notes actualtext"
)
_OTHERS = {
    "comment": frozenset((Where.COMMENT, Where.HIDDEN)),
    "comment_author": frozenset((Where.COMMENT, Where.METADATA)),
    "annotation": frozenset((Where.COMMENT, Where.HIDDEN)),
    "annotation_remark": frozenset((Where.COMMENT, Where.HIDDEN)),
    "core_property": _META,
    "custom_property": _META,
    "doc_info": _META,
    "xmp": _META,
    "meta_description": _META,
    "custom_xml": frozenset((Where.METADATA, Where.HIDDEN)),
    "custom_data": frozenset((Where.METADATA, Where.HIDDEN)),
    "doc_variable": frozenset((Where.METADATA, Where.HIDDEN)),
    "html_comment": frozenset((Where.COMMENT,)),
    "script_json": frozenset((Where.SCRIPT,)),
}
_ATTRIBUTES = (
    "alt_text hyperlink_target hyperlink_tip title_attr data_attr alt_attr href_query link_uri"
    " sdt_alias option_value"
)
# A reader may or may not see them: outline and form field, headers of a sheet, templates.
_FREE = "outline header_footer template noscript textarea title iframe_srcdoc form_field subject"
_FREE += " layout_text"
# Drawn after text in invisible mode, which stays in force: nobody sees them either.
_FREE += " char_by_char rotated90"


def allowed(place: str) -> frozenset[Where]:
    """The places that count as right for a value planted at `place`."""
    if place in _HIDDEN_PLACES.split():
        return _HIDDEN | (_ANY_BUT_SEEN if place in ("notes", "actualtext") else frozenset())
    if place in _ATTRIBUTES.split():
        return _BESIDE
    if place in _FREE.split():
        return frozenset(Where)
    return _OTHERS.get(place, _SEEN)
