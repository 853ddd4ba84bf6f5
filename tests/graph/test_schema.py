from __future__ import annotations

import pytest

from graph.model import MODEL
from graph.schema import EdgeType, InvalidModel, Model, NodeType, Property

NAME = Property("name", "名称")
CAT = NodeType("Cat", "t", "猫", (NAME,))


def test_a_caption_must_be_a_property() -> None:
    with pytest.raises(InvalidModel, match="caption 'title'"):
        NodeType("Cat", "t", "猫", (NAME,), caption="title")


def test_a_property_is_declared_once() -> None:
    with pytest.raises(InvalidModel, match="declared twice"):
        NodeType("Cat", "t", "猫", (NAME, NAME))


@pytest.mark.parametrize("name", ["Name", "na-me", "", "1st", "na me", "x`y"])
def test_property_names_are_plain_words(name: str) -> None:
    with pytest.raises(InvalidModel):
        Property(name, "名称")


@pytest.mark.parametrize("label", ["cat", "Cat`", "Cat House", ""])
def test_labels_are_plain_words(label: str) -> None:
    with pytest.raises(InvalidModel):
        NodeType(label, "t", "猫", (NAME,))


def test_both_ends_of_an_edge_must_exist() -> None:
    with pytest.raises(InvalidModel, match="end 'Dog'"):
        Model((CAT,), (EdgeType("CHASES", "追", (("Dog", "Cat"),)),))


def test_the_key_of_an_edge_is_made_of_its_properties() -> None:
    with pytest.raises(InvalidModel, match="key 'since'"):
        EdgeType("LIKES", "喜欢", (("Cat", "Cat"),), key=("since",))


def test_labels_prefixes_and_edges_are_unique() -> None:
    with pytest.raises(InvalidModel, match="prefix"):
        Model((CAT, NodeType("Dog", "t", "狗", (NAME,))), ())


def test_an_id_tells_its_label() -> None:
    assert MODEL.label_of("r:1a2b") == "Resident"
    assert MODEL.label_of("c:XF1") == "Case"
    assert MODEL.label_of("zz:1") is None
    assert MODEL.label_of("r:") is None
    assert MODEL.label_of("张三") is None


def test_no_number_about_a_person_is_a_score() -> None:
    banned = {"score", "risk", "rank", "level", "weight", "petition_count", "credit", "rating"}
    for label in ("Resident", "Official", "Household"):
        assert {p.name for p in MODEL.node(label).properties} & banned == set()
